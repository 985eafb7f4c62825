// Who signs with a certificate.
import type { ReactElement } from "react";
import { UsedByList } from "#components/certificates/used-by-list.tsx";
import { Card } from "#components/ui/card.tsx";
import { formatCount } from "#components/ui/format-count.ts";
import { TextLink } from "#components/ui/text-link.tsx";
import type { CertificateView } from "#lib/certificates/view.ts";

type UsedByCardProps = {
  certificate: CertificateView;
  applicationsHref: string;
};

/** The card; of a deleted certificate it tells only what was. */
export function UsedByCard({ certificate, applicationsHref }: UsedByCardProps): ReactElement {
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
    </Card>
  );
}

function Nobody({ certificate, applicationsHref }: UsedByCardProps): ReactElement {
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
