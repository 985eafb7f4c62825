// What an event says in a list: what happened, to what, by whom, and when.
"use client";

import type { ReactElement } from "react";
import { actionLabel } from "#components/audit/action-label.ts";
import { Kid } from "#components/keys/kid.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { timeAgo } from "#components/ui/relative-time.tsx";
import type { AuditHeadlineView } from "#lib/audit/view.ts";

type AuditEventLineProps = {
  event: AuditHeadlineView;
  /** The server's clock, ISO 8601. */
  now: string;
  /** Seconds since then. */
  elapsed: number;
};

/** The parts of one line; the element around them is an `event-row` or an `event-line`. */
export function AuditEventLine({ event, now, elapsed }: AuditEventLineProps): ReactElement {
  const { actor_name: actorName, target_name: targetName, kid, outcome } = event;
  const isTold = targetName === actorName || targetName === kid;
  const label = <b>{actionLabel(event.action)}</b>;
  return (
    <>
      {kid === null && outcome === "success" ? (
        label
      ) : (
        <div>
          {label}
          {outcome === "success" ? null : <OutcomeBadge outcome={outcome} />}
          {kid === null ? null : <Kid kid={kid} isShort className="text-xs" />}
        </div>
      )}
      {timeAgo({ at: event.at, now, elapsed })}
      <p>{isTold ? actorName : `${actorName} → ${targetName}`}</p>
    </>
  );
}

function OutcomeBadge({ outcome }: { outcome: string }): ReactElement {
  return <Badge tone={outcome === "denied" ? "danger" : "warning"}>{outcome === "denied" ? "Denied" : "Failed"}</Badge>;
}
