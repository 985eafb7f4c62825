// Who signs with a certificate, and until when tokens of its key may be around.
import type { ReactElement } from "react";
import { UsedByList } from "#components/certificates/used-by-list.tsx";
import { Card } from "#components/ui/card.tsx";
import { formatCount } from "#components/ui/format-count.ts";
import { formatInstant } from "#components/ui/format-time.ts";
import { TextLink } from "#components/ui/text-link.tsx";
import type { CertificateView } from "#lib/certificates/view.ts";

type UsedByCardProps = {
  certificate: CertificateView;
  applicationsHref: string;
  /** The server's clock, ISO 8601. */
  now: string;
};

/** The card; of a deleted certificate it tells only what was. */
export function UsedByCard({ certificate, applicationsHref, now }: UsedByCardProps): ReactElement {
  const { used_by: users } = certificate;
  return (
    <Card
      title="Used by"
      aside={
        <span className="text-xs text-muted">
          {users.length === 0 ? "Nobody" : formatCount(users.length, "application")}
        </span>
      }
    >
      {users.length === 0 ? (
        <Nobody certificate={certificate} applicationsHref={applicationsHref} />
      ) : (
        <UsedByList applications={users} applicationsHref={applicationsHref} />
      )}
      <p className="mt-3 border-t border-line pt-3 text-xs text-muted">{describeTokens(certificate, now)}</p>
    </Card>
  );
}

function Nobody({ certificate, applicationsHref }: Omit<UsedByCardProps, "now">): ReactElement {
  const { deleted_at: deletedAt, replaced_by: replacement, expiry_state: state } = certificate;
  if (deletedAt !== null) return <p className="text-sm text-muted">It is deleted and cannot be assigned any more.</p>;
  if (state === "expired") return <p className="text-sm text-muted">It has expired and cannot be assigned.</p>;
  if (replacement !== null) return <p className="text-sm text-muted">Its applications moved when it was renewed.</p>;
  return (
    <p className="text-sm text-muted">
      Choose it as Signing Certificate on the page of an <TextLink href={applicationsHref}>application</TextLink>.
    </p>
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
