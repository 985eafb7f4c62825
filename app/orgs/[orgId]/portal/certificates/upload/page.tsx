// Security → Certificates → Upload Certificate.
import type { ReactElement } from "react";
import { UploadCertificate } from "#components/certificates/upload-certificate.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { requirePermission } from "#lib/auth/actor.ts";
import { portalPage } from "#lib/http/portal-page.ts";
import { pageHeads } from "../../page-heads.ts";
import { previewUploadAction, uploadCertificateAction } from "../actions.ts";

type UploadCertificatePageProps = { params: Promise<{ orgId: string }> };

export default async function UploadCertificatePage({ params }: UploadCertificatePageProps): Promise<ReactElement> {
  const organizationId = await portalPage(params, async ({ actor }) => {
    requirePermission(actor, "certificates.manage");
    return actor.organizationId;
  });
  const href = `/orgs/${organizationId}/portal/certificates`;
  return (
    <>
      <PageHeader
        {...pageHeads.uploadCertificate}
        eyebrow={<TextLink href={href}>{pageHeads.uploadCertificate.eyebrow}</TextLink>}
      />
      <UploadCertificate
        certificatesHref={href}
        previewAction={previewUploadAction.bind(null, organizationId)}
        uploadAction={uploadCertificateAction.bind(null, organizationId)}
      />
    </>
  );
}
