// Where people sign in, to the portal or on the way to an application; a plain form that also works without scripts.
import { redirect } from "next/navigation";
import type { ReactElement } from "react";
import { SignInForm } from "#components/auth/sign-in-form.tsx";
import { EndedScreen } from "#components/oauth/ended-screen.tsx";
import { FlowHeading } from "#components/oauth/flow-heading.tsx";
import { FlowScreen } from "#components/oauth/flow-screen.tsx";
import { safeCallbackPath } from "#lib/auth/callback-path.ts";
import { currentSignedIn } from "#lib/auth/portal.ts";
import { readSignInFailure } from "#lib/auth/sign-in-failure.ts";
import { readResumePath } from "#lib/oidc/authorization-handle.ts";
import { describeAuthorization } from "#lib/oidc/authorization-service.ts";

type Query = Record<string, string | string[] | undefined>;
type SignInPageProps = { searchParams: Promise<Query> };

export default async function SignInPage({ searchParams }: SignInPageProps): Promise<ReactElement> {
  const { callback, callbackUrl, error, failed, account } = await searchParams;
  const path = safeCallbackPath(callback ?? callbackUrl);
  const person = await currentSignedIn();
  const isOtherAccount = account === "other";
  const waiting = readResumePath(path);
  const view = waiting && (await describeAuthorization(waiting.organizationId, waiting.handle, person));
  if (waiting !== null && view === null) return <EndedScreen />;
  if (!isOtherAccount && person !== null && view?.step !== "sign_in") redirect(path);
  // Another door (next-auth's own address) says no more than that it refused a try.
  const refused = error === undefined ? null : { id: "refused", retryAfter: null, email: "" };
  const failure = (await readSignInFailure(failed)) ?? refused;
  const expected = isOtherAccount ? "" : view?.login_hint || person?.user.email || "";
  return (
    <FlowScreen organization={view?.organization.name ?? null}>
      <FlowHeading
        application={view?.application.name ?? null}
        title={view === null ? "Sign in to Signet" : `Sign in to ${view.application.name}`}
        tab={failed === undefined && error === undefined ? "Sign in" : "Sign-in failed"}
        description={explain(view, person !== null && !isOtherAccount)}
      />
      <SignInForm
        callback={path}
        failure={failure}
        email={failure?.email || expected}
        isOtherAccount={isOtherAccount}
      />
    </FlowScreen>
  );
}

function explain(view: Awaited<ReturnType<typeof describeAuthorization>>, isSignedIn: boolean): string {
  if (view === null) return "Signing keys and certificates";
  const { organization, application } = view;
  if (isSignedIn) return `${application.name} asks you to prove once more that it is you.`;
  return `With your account at ${organization.name}`;
}
