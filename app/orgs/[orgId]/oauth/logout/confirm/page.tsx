// Asks whether to sign out, or says that it is done.
import { notFound } from "next/navigation";
import type { ReactElement } from "react";
import { LogoutScreen } from "#components/oauth/logout-screen.tsx";
import { currentSignedIn } from "#lib/auth/portal.ts";
import { describeLogout } from "#lib/oidc/logout-service.ts";

type LogoutPageProps = {
  params: Promise<{ orgId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function LogoutPage({ params, searchParams }: LogoutPageProps): Promise<ReactElement> {
  const { orgId } = await params;
  const given = new URLSearchParams();
  for (const [name, value] of Object.entries(await searchParams)) {
    for (const one of [value ?? []].flat()) given.append(name, one);
  }
  const view = await describeLogout(orgId, given, await currentSignedIn());
  if (view === null) notFound();
  return <LogoutScreen view={view} />;
}
