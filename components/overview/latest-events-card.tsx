// The latest events of the audit log on the overview.
"use client";

import type { ReactElement } from "react";
import { AuditEventLine } from "#components/audit/audit-event-line.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { Card } from "#components/ui/card.tsx";
import { useElapsedSince } from "#components/ui/relative-time.tsx";
import type { AuditHeadlineView } from "#lib/audit/view.ts";

type LatestEventsCardProps = { events: readonly AuditHeadlineView[]; auditLogHref: string; now: string };

/** The card of the latest events. */
export function LatestEventsCard({ events, auditLogHref, now }: LatestEventsCardProps): ReactElement {
  const elapsed = useElapsedSince(now, events[0]?.at ?? now);
  return (
    <Card
      title="Latest events"
      actions={
        <ButtonLink href={auditLogHref} size="small">
          Audit log
        </ButtonLink>
      }
      isFlush
    >
      <ol className="mt-2 divide-y divide-line border-t border-line">
        {events.map((event) => (
          <li key={event.sequence} className="event-line px-5 py-3">
            <AuditEventLine event={event} now={now} elapsed={elapsed} />
          </li>
        ))}
      </ol>
    </Card>
  );
}
