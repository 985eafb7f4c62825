// Asks the person on the way to an application: whether it may have this, with which account, or why not with this one.
import { redirect } from "next/navigation";
import type { ReactElement } from "react";
import { ConsentScreen } from "#components/oauth/consent-screen.tsx";
import { EndedScreen } from "#components/oauth/ended-screen.tsx";
import { currentSignedIn } from "#lib/auth/portal.ts";
import { resumePath, signInPath } from "#lib/oidc/authorization-handle.ts";
import { describeAuthorization } from "#lib/oidc/authorization-service.ts";

type ConsentPageProps = {
  params: Promise<{ orgId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function ConsentPage({ params, searchParams }: ConsentPageProps): Promise<ReactElement> {
  const { orgId } = await params;
  const { request } = await searchParams;
  const person = await currentSignedIn();
  const view = typeof request === "string" ? await describeAuthorization(orgId, request, person) : null;
  if (view === null) return <EndedScreen />;
  if (view.step === "sign_in" || view.step === "ready") redirect(resumePath(orgId, view.request));
  return (
    <ConsentScreen view={view} step={view.step} otherAccountHref={`${signInPath(orgId, view.request)}&account=other`} />
  );
}
