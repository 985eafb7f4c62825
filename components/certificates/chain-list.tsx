// The certificates above the leaf, up to the last one that was given.
import type { ReactElement } from "react";
import { Fingerprint } from "#components/certificates/fingerprint.tsx";
import { formatDay } from "#components/ui/format-time.ts";
import type { ChainCertificateView } from "#lib/certificates/view.ts";

type ChainListProps = { chain: readonly ChainCertificateView[] };

/** An ordered list, the issuer of the leaf first. */
export function ChainList({ chain }: ChainListProps): ReactElement {
  return (
    <ol className="divide-y divide-line">
      {chain.map((link) => (
        <li key={link.fingerprint_sha256} className="py-3 first:pt-0 last:pb-0">
          <p className="text-sm wrap-anywhere">{link.subject}</p>
          <p className="text-xs wrap-anywhere text-muted">
            {link.subject === link.issuer ? "Signed by itself" : `Issued by ${link.issuer}`}
            {` · expires ${formatDay(link.expires_at)}`}
          </p>
          <Fingerprint value={link.fingerprint_sha256} label={link.subject} isShort />
        </li>
      ))}
    </ol>
  );
}
