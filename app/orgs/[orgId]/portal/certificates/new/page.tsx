// Security → Certificates → Generate Certificate.
import type { ReactElement } from "react";
import { NewCertificate } from "#components/certificates/new-certificate.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { requirePermission } from "#lib/auth/actor.ts";
import { portalPage } from "#lib/http/portal-page.ts";
import { pageHeads } from "../../page-heads.ts";
import { generateCertificateAction } from "../actions.ts";

type NewCertificatePageProps = { params: Promise<{ orgId: string }> };

export default async function NewCertificatePage({ params }: NewCertificatePageProps): Promise<ReactElement> {
  const { organizationId, now } = await portalPage(params, async ({ actor, now: at }) => {
    requirePermission(actor, "certificates.manage");
    return { organizationId: actor.organizationId, now: at.toISOString() };
  });
  const href = `/orgs/${organizationId}/portal/certificates`;
  return (
    <>
      <PageHeader
        {...pageHeads.newCertificate}
        eyebrow={<TextLink href={href}>{pageHeads.newCertificate.eyebrow}</TextLink>}
      />
      <NewCertificate
        certificatesHref={href}
        now={now}
        generateAction={generateCertificateAction.bind(null, organizationId)}
      />
    </>
  );
}
