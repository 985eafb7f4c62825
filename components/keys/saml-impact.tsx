// Names the SAML applications that a rotation breaks, because they trust the default certificate, and says what to do first.
import { CircleCheck } from "lucide-react";
import type { ReactElement } from "react";
import { formatCount } from "#components/ui/format-count.ts";
import { Notice } from "#components/ui/notice.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import type { ExposedSamlApplicationView } from "#lib/keys/view.ts";

type SamlImpactProps = {
  /** How many there are; may be more than are listed. */
  count: number;
  applications: readonly ExposedSamlApplicationView[];
  applicationsHref: string;
};

/** A warning with every exposed application, or one reassuring line. */
export function SamlImpact({ count, applications, applicationsHref }: SamlImpactProps): ReactElement {
  if (count === 0) {
    return (
      <p className="flex items-start gap-2 text-sm text-muted">
        <CircleCheck className="mt-0.5 size-4 shrink-0 text-positive-text" aria-hidden="true" />
        No SAML application uses the default certificate: none breaks.
      </p>
    );
  }
  const isOne = count === 1;
  const [first] = applications;
  const assignHref = isOne && first ? assignAt(applicationsHref, first.id) : `${applicationsHref}?protocol=saml`;
  return (
    <Notice tone="warning" title={`${formatCount(count, "SAML application")} will break`}>
      <p>
        {isOne ? "It uses" : "They use"} the default certificate, which changes at once. A service provider that pinned
        the old fingerprint rejects every sign-in until it is reconfigured.
      </p>
      <ul
        className="max-h-44 divide-y divide-warning-line overflow-y-auto border-y border-warning-line"
        aria-label="Exposed SAML applications"
      >
        {applications.map((application) => (
          <li key={application.id} className="py-1.5">
            <TextLink href={assignAt(applicationsHref, application.id)} className="text-ink">
              {application.name}
            </TextLink>
            <span className="kid block text-xs wrap-anywhere text-muted">{application.entity_id}</span>
          </li>
        ))}
      </ul>
      <p>
        <TextLink href={assignHref} className="text-ink">
          {isOne ? "Assign a certificate to it first" : "Assign a certificate to each first"}
        </TextLink>
        , then rotating does not touch {isOne ? "it" : "them"}.
      </p>
    </Notice>
  );
}

function assignAt(applicationsHref: string, id: string): string {
  return `${applicationsHref}/${id}#signing-certificate`;
}
