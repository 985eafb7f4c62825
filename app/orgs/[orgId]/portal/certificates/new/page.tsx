// Security → Certificates → Generate Certificate.
import type { Metadata } from "next";
import type { ReactElement } from "react";
import { NewCertificate } from "#components/certificates/new-certificate.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { requirePermission } from "#lib/auth/actor.ts";
import { portalPage } from "#lib/http/portal-page.ts";
import { generateCertificateAction } from "../actions.ts";

export const metadata: Metadata = { title: "Generate certificate" };

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
        title="Generate certificate"
        eyebrow={<TextLink href={href}>Certificates</TextLink>}
        description="A new key pair with a certificate that it signs itself. The private key is sealed and never leaves."
      />
      <NewCertificate
        certificatesHref={href}
        now={now}
        generateAction={generateCertificateAction.bind(null, organizationId)}
      />
    </>
  );
}
