// Where people sign in; a plain form that also works without scripts.
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import type { ReactElement } from "react";
import { SignInForm } from "#components/auth/sign-in-form.tsx";
import { SignetMark } from "#components/shell/signet-mark.tsx";
import { safeCallbackPath } from "#lib/auth/callback-path.ts";
import { currentSignedIn } from "#lib/auth/portal.ts";
import { signInAction } from "./actions.ts";

export const metadata: Metadata = { title: "Sign in" };

type SignInPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function SignInPage({ searchParams }: SignInPageProps): Promise<ReactElement> {
  const { callback, callbackUrl, error } = await searchParams;
  const path = safeCallbackPath(callback ?? callbackUrl);
  if (await currentSignedIn()) redirect(path);
  return (
    <main id="main" tabIndex={-1} className="grid min-h-dvh place-items-center px-4 py-12">
      <div className="w-full max-w-sm">
        <div className="mb-6 flex items-center gap-3">
          <SignetMark className="size-9" />
          <div>
            <h1 className="text-lg/6 font-semibold tracking-tight">Sign in to Signet</h1>
            <p className="text-sm text-muted">Signing keys and certificates</p>
          </div>
        </div>
        <SignInForm action={signInAction} callback={path} hasFailed={error !== undefined} />
      </div>
    </main>
  );
}
