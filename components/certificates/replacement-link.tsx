// Leads from a certificate that was renewed to the one that took its place.
import type { ReactElement } from "react";
import { formatDay } from "#components/ui/format-time.ts";
import { TextLink } from "#components/ui/text-link.tsx";
import type { ReplacementView } from "#lib/certificates/view.ts";

type ReplacementLinkProps = {
  /** The name of the certificate that was renewed, which the other one often has too. */
  name: string;
  replacement: ReplacementView;
  certificatesHref: string;
};

/** A link that says which of two certificates of one name it leads to. */
export function ReplacementLink({ name, replacement, certificatesHref }: ReplacementLinkProps): ReactElement {
  const until = `until ${formatDay(replacement.expires_at)}`;
  return (
    <TextLink href={`${certificatesHref}/${replacement.id}`}>
      {replacement.name === name ? null : <bdi>{`${replacement.name}, `}</bdi>}
      {replacement.name === name ? `the one ${until}` : until}
    </TextLink>
  );
}
