// The banner of the overview for certificates that have expired or soon will.
import type { ReactElement } from "react";
import { formatCount } from "#components/ui/format-count.ts";
import { Notice } from "#components/ui/notice.tsx";
import { TextLink } from "#components/ui/text-link.tsx";

type CertificateExpiryNoticeProps = {
  /** Certificates that have expired. */
  expired: number;
  /** Certificates that expire within 30 days. */
  expiring: number;
  /** The list of certificates, those that end first at its top. */
  certificatesHref: string;
};

/** One notice; nothing while every certificate has time. */
export function CertificateExpiryNotice(props: CertificateExpiryNoticeProps): ReactElement | null {
  const { expired, expiring, certificatesHref } = props;
  if (expired === 0 && expiring === 0) return null;
  const parts = [
    ...(expired === 0 ? [] : [`${formatCount(expired, "certificate")} ${expired === 1 ? "has" : "have"} expired`]),
    ...(expiring === 0
      ? []
      : [`${formatCount(expiring, "certificate")} ${expiring === 1 ? "expires" : "expire"} within 30 days`]),
  ];
  return (
    <Notice tone={expired > 0 ? "danger" : "warning"} title={parts.join(", ")}>
      <p>
        {expired > 0
          ? "An expired certificate signs nothing: its applications fall back to the organization's signing key. "
          : "An application whose certificate expires falls back to the organization's signing key. "}
        <TextLink href={certificatesHref} className="text-ink">
          Look at the certificates
        </TextLink>
      </p>
    </Notice>
  );
}
