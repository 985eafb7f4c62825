// Names the applications that a certificate signs for.
import type { ReactElement } from "react";
import { Badge } from "#components/ui/badge.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import type { CertificateUserView } from "#lib/certificates/view.ts";

type UsedByListProps = { applications: readonly CertificateUserView[]; applicationsHref: string };

/** A list of links with the protocol of each application. */
export function UsedByList({ applications, applicationsHref }: UsedByListProps): ReactElement {
  return (
    <ul className="max-h-80 divide-y divide-line overflow-y-auto" aria-label="Applications that use the certificate">
      {applications.map((application) => (
        <li key={application.id} className="flex items-center justify-between gap-3 py-2 first:pt-0 last:pb-0">
          <TextLink href={`${applicationsHref}/${application.id}`} className="min-w-0 wrap-anywhere">
            {application.name}
          </TextLink>
          <Badge tone={application.protocol === "oidc" ? "accent" : "neutral"} className="shrink-0">
            {application.protocol.toUpperCase()}
          </Badge>
        </li>
      ))}
    </ul>
  );
}
