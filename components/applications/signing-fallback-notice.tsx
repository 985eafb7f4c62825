// Says that an application does not sign with the certificate that it was given, and why.
import type { ReactElement } from "react";
import { formatInstant } from "#components/ui/format-time.ts";
import { Notice } from "#components/ui/notice.tsx";
import type { ApplicationView } from "#lib/applications/view.ts";

/** The notice; nothing while the application signs with what it was given. */
export function SigningFallbackNotice({ application }: { application: ApplicationView }): ReactElement | null {
  const { signing_certificate: certificate, signs_with: signer } = application;
  if (certificate === null || signer.fallback_reason === null) return null;
  const isExpired = signer.fallback_reason === "certificate_expired";
  return (
    <Notice
      tone={isExpired ? "danger" : "warning"}
      title={isExpired ? "The certificate has expired" : "The certificate is not valid yet"}
    >
      <p>
        {isExpired
          ? `It ended ${formatInstant(certificate.expires_at)} and signs nothing any more. The organization's signing key signs instead, until another certificate is assigned.`
          : `It becomes valid ${formatInstant(certificate.not_before)}. Until then the organization's signing key signs.`}
      </p>
    </Notice>
  );
}
