// Everything that a certificate says of itself, before it is stored and after.
import type { ReactElement, ReactNode } from "react";
import { ExpiryBadge } from "#components/certificates/expiry-badge.tsx";
import { Fingerprint } from "#components/certificates/fingerprint.tsx";
import { describeKeyAlgorithm } from "#components/certificates/key-algorithm.ts";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { DefinitionList } from "#components/ui/definition-list.tsx";
import { formatCount } from "#components/ui/format-count.ts";
import { formatDuration, formatInstant } from "#components/ui/format-time.ts";
import { TagList } from "#components/ui/tag-list.tsx";
import type { CertificatePreviewView } from "#lib/certificates/view.ts";

type CertificateFactsProps = {
  certificate: CertificatePreviewView;
  /** What it is called, for the copy buttons. */
  name: string;
};

/** Subject, issuer, names, validity, key, usage, fingerprints. */
export function CertificateFacts({ certificate, name }: CertificateFactsProps): ReactElement {
  const isSelfSigned = certificate.subject === certificate.issuer;
  return (
    <div className="flex flex-col gap-4">
      <DefinitionList
        columns={2}
        items={[
          { term: "Subject", detail: <CopyText value={certificate.subject} label={`Copy the subject of ${name}`} /> },
          {
            term: "Issuer",
            detail: isSelfSigned ? (
              "Signed by itself"
            ) : (
              <CopyText value={certificate.issuer} label={`Copy the issuer of ${name}`} />
            ),
          },
          { term: "Valid from", detail: formatInstant(certificate.not_before) },
          {
            term: "Valid until",
            detail: (
              <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
                {formatInstant(certificate.expires_at)}
                <ExpiryBadge {...certificate} />
              </span>
            ),
            note: `${describeValidity(certificate)} in all`,
          },
          {
            term: "Algorithm",
            detail: `${describeKeyAlgorithm(certificate.key_algorithm)} · signs ${certificate.signing_algorithm}`,
          },
          {
            term: "Key usage",
            detail: <TagList label="Key usage" tags={certificate.key_usage} emptyText="Not restricted" />,
          },
        ]}
      />
      <DefinitionList
        columns={1}
        className="border-t border-line pt-4"
        items={[
          {
            term: "Subject alternative names",
            detail: <TagList label="Subject alternative names" tags={certificate.subject_alt_names} />,
          },
          {
            term: "Serial number",
            detail: <CopyText isMono value={certificate.serial} label={`Copy the serial number of ${name}`} />,
          },
          {
            term: "Fingerprint, SHA-256",
            detail: <Fingerprint value={certificate.fingerprint_sha256} label={`${name} (SHA-256)`} />,
          },
          {
            term: "Fingerprint, SHA-1",
            detail: <Fingerprint value={certificate.fingerprint_sha1} label={`${name} (SHA-1)`} />,
          },
          {
            term: "Key ID (kid)",
            detail: <CopyText isMono value={certificate.kid} label={`Copy the key ID of ${name}`} />,
          },
        ]}
      />
    </div>
  );
}

const daySeconds = 86_400;

/** In days, as they are asked for when a certificate is made. */
function describeValidity({ not_before: from, expires_at: to }: CertificatePreviewView): string {
  const seconds = (Date.parse(to) - Date.parse(from)) / 1000;
  return seconds < daySeconds ? formatDuration(seconds) : formatCount(Math.floor(seconds / daySeconds), "day");
}

function CopyText({ value, label, isMono = false }: { value: string; label: string; isMono?: boolean }): ReactNode {
  return (
    <span className="flex items-center gap-1">
      {isMono ? (
        <code className="kid min-w-0 text-xs/5 break-all text-muted">{value}</code>
      ) : (
        <span className="min-w-0 wrap-anywhere">{value}</span>
      )}
      <CopyButton value={value} label={label} className="-my-1.5" />
    </span>
  );
}
