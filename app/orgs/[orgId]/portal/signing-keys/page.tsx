// Security → Signing Key: the current, next and previous keys with what is safe to do now, from evidence.
import type { Metadata } from "next";
import type { ReactElement } from "react";
import { SigningKeyBoard } from "#components/keys/signing-key-board.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { requirePortalActor } from "#lib/auth/portal.ts";
import { env } from "#lib/env.ts";
import { getSigningKeyStatus } from "#lib/keys/service.ts";
import { dropKeyAction, replaceNextKeyAction, rotateKeyAction } from "./actions.ts";

export const metadata: Metadata = { title: "Signing Key" };

type SigningKeyPageProps = { params: Promise<{ orgId: string }> };

export default async function SigningKeyPage({ params }: SigningKeyPageProps): Promise<ReactElement> {
  const { orgId } = await params;
  const actor = await requirePortalActor(orgId);
  const status = await getSigningKeyStatus(actor);
  return (
    <>
      <PageHeader
        title="Signing Key"
        eyebrow="Security"
        description="Signs this organization's tokens, and SAML assertions by default. Rotate it without surprise: the next key is published before it signs."
      />
      <SigningKeyBoard
        status={status}
        jwksUrl={`${env().publicUrl}/orgs/${orgId}/.well-known/jwks.json`}
        applicationsHref={`/orgs/${orgId}/portal/applications`}
        canManage={actor.permissions.has("certificates.manage")}
        rotateAction={rotateKeyAction.bind(null, orgId)}
        dropAction={dropKeyAction.bind(null, orgId)}
        replaceNextAction={replaceNextKeyAction.bind(null, orgId)}
      />
    </>
  );
}
