// One certificate: what it says, who signs with it, its files, its renewal and its end.
import type { ReactElement } from "react";
import { CertificateControls } from "#components/certificates/certificate-controls.tsx";
import { CertificateDetails } from "#components/certificates/certificate-details.tsx";
import { ExpiryBadge } from "#components/certificates/expiry-badge.tsx";
import { describeKeyAlgorithm } from "#components/certificates/key-algorithm.ts";
import { Badge } from "#components/ui/badge.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { getCertificate } from "#lib/certificates/service.ts";
import { portalPage } from "#lib/http/portal-page.ts";
import { deleteCertificateAction, renewCertificateAction } from "../actions.ts";

type CertificatePageProps = { params: Promise<{ orgId: string; certificateId: string }> };

export default async function CertificatePage({ params }: CertificatePageProps): Promise<ReactElement> {
  const { certificateId } = await params;
  const { certificate, actor, now } = await portalPage(params, async ({ actor: reader, now: at }) => ({
    certificate: await getCertificate(reader, certificateId, at),
    actor: reader,
    now: at.toISOString(),
  }));
  const portalHref = `/orgs/${actor.organizationId}/portal`;
  const certificatesHref = `${portalHref}/certificates`;
  const applicationsHref = `${portalHref}/applications`;
  const sessionsHref = `${portalHref}/sessions`;
  const isDeleted = certificate.deleted_at !== null;
  const canManage = actor.permissions.has("certificates.manage") && !isDeleted;
  return (
    <>
      <PageHeader
        title={certificate.name}
        eyebrow={
          <TextLink href={isDeleted ? `${certificatesHref}?state=deleted` : certificatesHref}>
            {isDeleted ? "Deleted certificates" : "Certificates"}
          </TextLink>
        }
        description={
          <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <Badge>{certificate.source === "generated" ? "Generated" : "Uploaded"}</Badge>
            {isDeleted ? <Badge tone="warning">Deleted</Badge> : <ExpiryBadge {...certificate} />}
            <span>{describeKeyAlgorithm(certificate.key_algorithm)}</span>
          </span>
        }
        actions={
          canManage ? (
            <CertificateControls
              certificate={certificate}
              certificatesHref={certificatesHref}
              applicationsHref={applicationsHref}
              sessionsHref={sessionsHref}
              now={now}
              renewAction={renewCertificateAction.bind(null, actor.organizationId)}
              deleteAction={deleteCertificateAction.bind(null, actor.organizationId)}
            />
          ) : undefined
        }
      />
      <CertificateDetails
        certificate={certificate}
        certificatesHref={certificatesHref}
        applicationsHref={applicationsHref}
        sessionsHref={sessionsHref}
        now={now}
      />
    </>
  );
}
