// Which sessions and applications still hold tokens of a certificate's key, and until when.
import type { ReactElement } from "react";
import { DependentApplications } from "#components/keys/dependent-applications.tsx";
import { Card } from "#components/ui/card.tsx";
import { formatCount } from "#components/ui/format-count.ts";
import { formatInstant } from "#components/ui/format-time.ts";
import type { CertificateView } from "#lib/certificates/view.ts";

type DependentsCardProps = {
  certificate: CertificateView;
  applicationsHref: string;
  sessionsHref: string;
  /** The server's clock, ISO 8601. */
  now: string;
};

/** The evidence about the key, which certificates that renew each other share. */
export function DependentsCard({ certificate, ...hrefs }: DependentsCardProps): ReactElement {
  const { active_sessions: sessions } = certificate;
  const evidence = describeTokens(certificate, hrefs.now);
  return (
    <Card
      title="Depends on its key"
      aside={
        <span className="text-xs text-muted">{sessions === 0 ? "No session" : formatCount(sessions, "session")}</span>
      }
    >
      <DependentApplications
        kid={certificate.kid}
        dependents={certificate}
        keyName="its key"
        emptyText={evidence}
        {...hrefs}
      />
      {sessions === 0 ? null : (
        <p className="mt-3 border-t border-line pt-3 text-xs text-muted">{`${evidence}${describeSharing(certificate)}`}</p>
      )}
    </Card>
  );
}

function describeTokens({ signed_until: signedUntil, deleted_at: deletedAt }: CertificateView, now: string): string {
  if (signedUntil === null) return `Its key has not signed a token${deletedAt === null ? " yet" : ""}.`;
  const until = formatInstant(signedUntil, true);
  if (Date.parse(signedUntil) <= Date.parse(now))
    return `Every token that its key signed has expired, the last ${until}.`;
  if (deletedAt !== null) return `The last token that its key signed was made to expire ${until}.`;
  return `Tokens that its key signed may be valid until ${until}; until then it stays in the JWKS.`;
}

function describeSharing({ renewed_from_id: previousId, replaced_by: successor }: CertificateView): string {
  return previousId === null && successor === null ? "" : " Certificates that renewed each other share the key.";
}
