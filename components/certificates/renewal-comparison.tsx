// The certificate that is and the one that follows it, side by side: what changes and what stays.
import { ArrowRight, Equal } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { ExpiryBadge } from "#components/certificates/expiry-badge.tsx";
import { HexPairs } from "#components/certificates/hex-pairs.tsx";
import { KeySeal } from "#components/keys/key-seal.tsx";
import { Kid } from "#components/keys/kid.tsx";
import { formatDay } from "#components/ui/format-time.ts";
import type { CertificateView } from "#lib/certificates/view.ts";

/** What is known of the new certificate before it is made: only until when. */
export type FutureCertificate = { not_before: string | null; expires_at: string | null };

type RenewalComparisonProps = { previous: CertificateView; renewed: CertificateView | FutureCertificate };

/** Two columns, one below the other where there is little room, over the key that both share. */
export function RenewalComparison({ previous, renewed }: RenewalComparisonProps): ReactElement {
  return (
    <div className="rounded-md border border-line bg-surface dark:bg-transparent">
      <div className="grid grid-cols-[minmax(0,1fr)] sm:grid-cols-[minmax(0,1fr)_auto_minmax(0,1fr)]">
        <Side title="Old certificate" badge={<ExpiryBadge {...previous} />} certificate={previous} />
        <div className="flex items-center justify-center border-line text-faint max-sm:h-0 sm:w-0 sm:border-l max-sm:border-t">
          <span className="rounded-full border border-line bg-raised p-1">
            <ArrowRight className="size-3.5 max-sm:rotate-90" aria-hidden="true" />
          </span>
        </div>
        <Side title="New certificate" badge={null} certificate={renewed} />
      </div>
      <div className="flex items-center gap-3 border-t border-line px-4 py-3">
        <KeySeal kid={previous.kid} state="current" className="size-8" />
        <div className="min-w-0">
          <p className="flex items-center gap-1.5 text-sm font-medium">
            <Equal className="size-3.5 text-positive-text" aria-hidden="true" />
            Same public key, same key ID
          </p>
          <Kid kid={previous.kid} className="text-xs/4" />
        </div>
      </div>
    </div>
  );
}

type SideProps = { title: string; badge: ReactNode; certificate: CertificateView | FutureCertificate };

function Side({ title, badge, certificate }: SideProps): ReactElement {
  const { not_before: from, expires_at: until } = certificate;
  const fingerprint = "fingerprint_sha256" in certificate ? certificate.fingerprint_sha256 : null;
  return (
    <section aria-label={title} className="px-4 py-3.5">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <p className="text-sm font-semibold">{title}</p>
        {badge}
      </div>
      <dl className="mt-2 space-y-2 text-sm tabular-nums [&_dt]:text-xs [&_dt]:text-faint">
        <div>
          <dt>Valid</dt>
          <dd>
            {from === null ? "From now on, until" : `${formatDay(from)} –`} {until === null ? "…" : formatDay(until)}
          </dd>
        </div>
        <div>
          <dt>Fingerprint, SHA-256</dt>
          <dd className={fingerprint === null ? "text-muted" : "kid text-xs/5 wrap-anywhere text-muted"}>
            {fingerprint === null ? "A new one, when it is made" : <HexPairs value={fingerprint} />}
          </dd>
        </div>
      </dl>
    </section>
  );
}
