// What a person has to know about a certificate before reading it: that it is deleted, replaced, or near its end.
import type { ReactElement } from "react";
import { ReplacementLink } from "#components/certificates/replacement-link.tsx";
import { formatCount } from "#components/ui/format-count.ts";
import { formatInstant } from "#components/ui/format-time.ts";
import { Notice } from "#components/ui/notice.tsx";
import { isReplaced } from "#lib/certificates/succession.ts";
import type { CertificateView } from "#lib/certificates/view.ts";

type CertificateStateNoticesProps = { certificate: CertificateView; certificatesHref: string };

/** At most one notice about its renewal and one about its end. */
export function CertificateStateNotices({ certificate, certificatesHref }: CertificateStateNoticesProps): ReactElement {
  const isDone = isReplaced({ isUsed: certificate.used_by.length > 0, successor: certificate.replaced_by });
  return (
    <>
      {certificate.deleted_at === null ? null : (
        <Notice title={`Deleted ${formatInstant(certificate.deleted_at)}`}>
          It stays here as history. It signs for nobody.
        </Notice>
      )}
      <RenewedNotice certificate={certificate} certificatesHref={certificatesHref} />
      {certificate.deleted_at !== null || isDone ? null : <ExpiryNotice certificate={certificate} />}
    </>
  );
}

function RenewedNotice({ certificate, certificatesHref }: CertificateStateNoticesProps): ReactElement | null {
  const { name, replaced_by: replacement, used_by: users, deleted_at: deletedAt } = certificate;
  if (replacement === null) return null;
  const count = formatCount(users.length, "application");
  const isUsed = users.length > 0;
  return (
    <Notice tone={isUsed ? "warning" : "info"} title="Renewed">
      <p>
        {"Its place was taken by "}
        <ReplacementLink name={name} replacement={replacement} certificatesHref={certificatesHref} />
        {", over the same key. "}
        {isUsed
          ? `${count} ${users.length === 1 ? "signs" : "sign"} with this one still; assign the new one there.`
          : null}
        {isUsed || deletedAt !== null ? null : "No application uses this one any more, so it can be deleted."}
      </p>
    </Notice>
  );
}

function ExpiryNotice({ certificate }: { certificate: CertificateView }): ReactElement | null {
  const { expiry_state: state, expires_at: end, can_renew: canRenew } = certificate;
  if (state === "ok") return null;
  const count = certificate.used_by.length;
  const fallBack = `${formatCount(count, "application")} ${count === 1 ? "falls" : "fall"} back to the organization's signing key`;
  if (state === "expired") {
    return (
      <Notice tone="danger" title={`Expired ${formatInstant(end)}`}>
        {count === 0
          ? "It signs nothing any more."
          : `It signs nothing any more: ${fallBack} until you ${canRenew ? "renew it or assign another certificate" : "assign another certificate"}.`}
      </Notice>
    );
  }
  return (
    <Notice tone={state === "urgent" ? "danger" : "warning"} title={`Expires ${formatInstant(end)}`}>
      {count === 0
        ? "No application uses it."
        : `From then on it signs nothing, and ${fallBack}. ${canRenew ? "Renew it before." : "Upload its successor before, and assign that."}`}
    </Notice>
  );
}
