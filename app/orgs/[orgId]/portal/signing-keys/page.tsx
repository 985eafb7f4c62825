// Security → Signing Key: the current, next and previous keys with what is safe to do now, from evidence.
import type { ReactElement } from "react";
import { SigningKeyBoard } from "#components/keys/signing-key-board.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { env } from "#lib/env.ts";
import { portalPage } from "#lib/http/portal-page.ts";
import { getSigningKeyStatus } from "#lib/keys/service.ts";
import { pageHeads } from "../page-heads.ts";
import { dropKeyAction, replaceNextKeyAction, rotateKeyAction } from "./actions.ts";

type SigningKeyPageProps = { params: Promise<{ orgId: string }> };

export default async function SigningKeyPage({ params }: SigningKeyPageProps): Promise<ReactElement> {
  const { orgId } = await params;
  const { status, canManage } = await portalPage(params, async ({ actor, now }) => ({
    status: await getSigningKeyStatus(actor, now),
    canManage: actor.permissions.has("certificates.manage"),
  }));
  return (
    <>
      <PageHeader {...pageHeads.signingKey} />
      <SigningKeyBoard
        status={status}
        jwksUrl={`${env().publicUrl}/orgs/${orgId}/.well-known/jwks.json`}
        applicationsHref={`/orgs/${orgId}/portal/applications`}
        sessionsHref={`/orgs/${orgId}/portal/sessions`}
        canManage={canManage}
        rotateAction={rotateKeyAction.bind(null, orgId)}
        dropAction={dropKeyAction.bind(null, orgId)}
        replaceNextAction={replaceNextKeyAction.bind(null, orgId)}
      />
    </>
  );
}
