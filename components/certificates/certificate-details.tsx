// Everything there is to see of one certificate, in the order in which one asks for it.
import type { ReactElement } from "react";
import { CertificateDownloads } from "#components/certificates/certificate-downloads.tsx";
import { CertificateFacts } from "#components/certificates/certificate-facts.tsx";
import { CertificateStateNotices } from "#components/certificates/certificate-state-notices.tsx";
import { ChainList } from "#components/certificates/chain-list.tsx";
import { DependentsCard } from "#components/certificates/dependents-card.tsx";
import { UsedByCard } from "#components/certificates/used-by-card.tsx";
import { WarningList } from "#components/certificates/warning-list.tsx";
import { Card } from "#components/ui/card.tsx";
import { formatCount } from "#components/ui/format-count.ts";
import { formatInstant } from "#components/ui/format-time.ts";
import { TextLink } from "#components/ui/text-link.tsx";
import type { CertificateView } from "#lib/certificates/view.ts";

type CertificateDetailsProps = {
  certificate: CertificateView;
  certificatesHref: string;
  applicationsHref: string;
  sessionsHref: string;
  /** The server's clock, ISO 8601. */
  now: string;
};

/** Notices, then the certificate on the left, and who uses it, what depends on it, its chain and its files on the right. */
export function CertificateDetails(props: CertificateDetailsProps): ReactElement {
  const { certificate, certificatesHref, applicationsHref } = props;
  return (
    <div className="flex flex-col gap-4">
      <CertificateStateNotices certificate={certificate} certificatesHref={certificatesHref} />
      {certificate.deleted_at === null ? <WarningList warnings={certificate.warnings} /> : null}
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 lg:grid-cols-[minmax(0,1.6fr)_minmax(0,1fr)]">
        <Card title="Certificate" footer={<Origin certificate={certificate} certificatesHref={certificatesHref} />}>
          <CertificateFacts certificate={certificate} name={certificate.name} />
        </Card>
        <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
          <UsedByCard certificate={certificate} applicationsHref={applicationsHref} />
          <DependentsCard
            certificate={certificate}
            applicationsHref={applicationsHref}
            sessionsHref={props.sessionsHref}
            now={props.now}
          />
          {certificate.chain.length === 0 ? null : (
            <Card title="Chain" description={`${formatCount(certificate.chain.length, "certificate")} above this one`}>
              <ChainList chain={certificate.chain} />
            </Card>
          )}
          <Card title="Download" description="Public parts only; the private key stays sealed and never leaves.">
            <CertificateDownloads certificate={certificate} />
          </Card>
        </div>
      </div>
    </div>
  );
}

type OriginProps = { certificate: CertificateView; certificatesHref: string };

function Origin({ certificate, certificatesHref }: OriginProps): ReactElement {
  return (
    <p className="text-xs text-muted">
      {`${certificate.source === "generated" ? "Generated here" : "Uploaded"} ${formatInstant(certificate.created_at)} by `}
      <bdi>{certificate.created_by}</bdi>
      {certificate.renewed_from_id === null ? null : (
        <>
          {" · renews "}
          <TextLink href={`${certificatesHref}/${certificate.renewed_from_id}`}>an earlier certificate</TextLink>
        </>
      )}
    </p>
  );
}
