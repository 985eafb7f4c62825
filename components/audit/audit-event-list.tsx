// The rows of the audit log.
"use client";

import { type ReactElement, type ToggleEvent, useState } from "react";
import { AuditEventDetails } from "#components/audit/audit-event-details.tsx";
import { AuditEventLine } from "#components/audit/audit-event-line.tsx";
import { useElapsedSeconds } from "#components/ui/use-elapsed-seconds.ts";
import type { AuditEventView } from "#lib/audit/view.ts";

type AuditEventListProps = {
  events: readonly AuditEventView[];
  /** The server's clock, ISO 8601. */
  now: string;
  /** Where certificates are, also those that were deleted. */
  certificatesHref: string;
};

const NEW_SECONDS = 120;

/** One page of the log; each line opens to the state before and after, the reason, and where it came from. */
export function AuditEventList({ events, now, certificatesHref }: AuditEventListProps): ReactElement {
  // One clock and one memory for all rows: fifty of each would be most of what a page costs.
  const newest = events[0]?.at ?? now;
  const elapsed = useElapsedSeconds(now, Date.parse(now) - Date.parse(newest) < NEW_SECONDS * 1000 ? 1 : 20);
  // A page would be ten times as long with all that nobody opens.
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  function note(id: string, { currentTarget }: ToggleEvent<HTMLDetailsElement>): void {
    const isOpen = currentTarget.open;
    setOpen((before) => new Set(isOpen ? [...before, id] : [...before].filter((one) => one !== id)));
  }
  return (
    <ol className="divide-y divide-line">
      {events.map((event) => (
        <li key={event.id}>
          <details onToggle={(toggled) => note(event.id, toggled)}>
            <summary className="event-row">
              <AuditEventLine event={event} now={now} elapsed={elapsed} />
            </summary>
            {open.has(event.id) ? <AuditEventDetails event={event} certificatesHref={certificatesHref} /> : null}
          </details>
        </li>
      ))}
    </ol>
  );
}
