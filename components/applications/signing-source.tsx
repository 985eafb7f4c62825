// What an application signs with at this moment, linked to where that is looked after.
import type { ReactElement } from "react";
import { ExpiryBadge } from "#components/certificates/expiry-badge.tsx";
import { KeySeal } from "#components/keys/key-seal.tsx";
import { Kid } from "#components/keys/kid.tsx";
import { formatDay } from "#components/ui/format-time.ts";
import { TextLink } from "#components/ui/text-link.tsx";
import type { ApplicationView } from "#lib/applications/view.ts";

/** Where the signing key is shown, and where certificates are listed. */
export type SigningSourceHrefs = { signingKey: string; certificates: string };

type SigningSourceProps = { application: ApplicationView; hrefs: SigningSourceHrefs };

/** The certificate or the default, with the kid and algorithm that verifiers will see. */
export function SigningSource({ application, hrefs }: SigningSourceProps): ReactElement {
  const { signing_certificate: certificate, signs_with: signer } = application;
  return (
    <div className="flex items-center gap-3">
      <KeySeal kid={signer.kid} state="current" className="size-9" />
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          {certificate === null ? (
            <TextLink href={hrefs.signingKey}>Organization signing key (default)</TextLink>
          ) : (
            <TextLink href={`${hrefs.certificates}/${certificate.id}`} className="wrap-anywhere">
              <bdi>{certificate.name}</bdi>
            </TextLink>
          )}
          {certificate === null ? null : (
            <>
              {certificate.expiry_state === "expired" ? null : (
                <span className="text-xs text-muted">{`until ${formatDay(certificate.expires_at)}`}</span>
              )}
              <ExpiryBadge expiry_state={certificate.expiry_state} />
            </>
          )}
        </p>
        <p className="text-xs text-muted">
          {signer.fallback_reason === null ? "Signs " : "For now the organization's key signs "}
          {signer.algorithm}
          {" with "}
          <Kid kid={signer.kid} isShort />
        </p>
      </div>
    </div>
  );
}
