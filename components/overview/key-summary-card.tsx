// The signing keys at a glance: which one signs, which one is next, and how the previous ones stand.
import type { ReactElement } from "react";
import { describeAlgorithm } from "#components/keys/algorithm-name.ts";
import { KeySeal, type KeySealState } from "#components/keys/key-seal.tsx";
import { Kid } from "#components/keys/kid.tsx";
import { SafetyBadge } from "#components/keys/safety-badge.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { Card } from "#components/ui/card.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { SigningKeyStatusView } from "#lib/keys/view.ts";

type KeySummaryCardProps = { status: SigningKeyStatusView; signingKeyHref: string };

/** The card of the signing keys on the overview. */
export function KeySummaryCard({ status, signingKeyHref }: KeySummaryCardProps): ReactElement {
  const { current_key: current, next_key: next, prev_keys: previous, server_time: now } = status;
  return (
    <Card
      title="Signing keys"
      actions={
        <ButtonLink href={signingKeyHref} size="small">
          Open
        </ButtonLink>
      }
    >
      <ul className="flex flex-col divide-y divide-line">
        <KeyLine state="current" kid={current.kid} algorithm={describeAlgorithm(current.algorithm, current.rsa_bits)}>
          <Badge tone="accent">Current</Badge>
          <span className="text-xs text-muted">
            started signing <RelativeTime at={current.activated_at} now={now} />
          </span>
        </KeyLine>
        <KeyLine state="next" kid={next.kid} algorithm={describeAlgorithm(next.algorithm, next.rsa_bits)}>
          <Badge>Next in queue</Badge>
          <span className="text-xs text-muted">
            published <RelativeTime at={next.published_at} now={now} />
          </span>
        </KeyLine>
        {previous.map((key) => (
          <KeyLine
            key={key.kid}
            state="previous"
            kid={key.kid}
            algorithm={describeAlgorithm(key.algorithm, key.rsa_bits)}
          >
            <SafetyBadge
              isSafe={key.safe_to_drop}
              secondsUntilSafe={key.seconds_until_safe}
              activeSessions={key.active_sessions}
              since={now}
            />
            <span className="text-xs text-muted">
              rotated <RelativeTime at={key.rotated_at} now={now} />
            </span>
          </KeyLine>
        ))}
      </ul>
    </Card>
  );
}

type KeyLineProps = { state: KeySealState; kid: string; algorithm: string; children: ReactElement[] };

function KeyLine({ state, kid, algorithm, children }: KeyLineProps): ReactElement {
  return (
    <li className="flex items-center gap-3.5 py-3 first:pt-0 last:pb-0">
      <KeySeal kid={kid} state={state} className="size-9 shrink-0" />
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1">{children}</div>
        <div className="flex items-center gap-1 text-xs">
          <Kid kid={kid} isShort />
          <CopyButton value={kid} label={`Copy the key ID ${kid.slice(0, 8)}`} />
          <span className="text-muted">{algorithm}</span>
        </div>
      </div>
    </li>
  );
}
