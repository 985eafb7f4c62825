// The rows of the audit log.
"use client";

import { type ReactElement, type ToggleEvent, useEffect, useMemo, useRef, useState } from "react";
import { AuditEventDetails } from "#components/audit/audit-event-details.tsx";
import { AuditEventLine } from "#components/audit/audit-event-line.tsx";
import type { EventDetails, EventHeadline } from "#components/audit/listed-event.ts";
import { type PackedRows, unpackRows } from "#components/ui/packed.ts";
import { useElapsedSince } from "#components/ui/relative-time.tsx";

type AuditEventListProps = {
  events: readonly EventHeadline[];
  /** What they open to, in the same order. */
  details: PackedRows<EventDetails>;
  /** The server's clock, ISO 8601. */
  now: string;
  /** Where certificates are, also those that were deleted. */
  certificatesHref: string;
};

/** One page of the log; each line opens to the state before and after, the reason, and where it came from. */
export function AuditEventList({ events, details, now, certificatesHref }: AuditEventListProps): ReactElement {
  // One clock and one memory for all rows: fifty of each would be most of what a page costs.
  const elapsed = useElapsedSince(now, events[0]?.at ?? now);
  // A page would be ten times as long with all that nobody opens.
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set());
  const isAnyOpen = events.some(({ sequence }) => open.has(sequence));
  const opened = useMemo(() => (isAnyOpen ? unpackRows(details) : []), [isAnyOpen, details]);
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    // A row that was opened before the browser took the page over has told nobody.
    const rows = list.current?.querySelectorAll("details");
    const early = events.filter((_event, index) => rows?.[index]?.open === true).map(({ sequence }) => sequence);
    if (early.length > 0) setOpen((before) => new Set([...before, ...early]));
  }, [events]);
  function note(sequence: number, { currentTarget }: ToggleEvent<HTMLDetailsElement>): void {
    const isOpen = currentTarget.open;
    setOpen((before) => new Set(isOpen ? [...before, sequence] : [...before].filter((one) => one !== sequence)));
  }
  return (
    <ol ref={list} className="divide-y divide-line">
      {events.map((event, index) => {
        const detailsOfRow = open.has(event.sequence) ? opened[index] : undefined;
        return (
          <li key={event.sequence}>
            <details onToggle={(toggled) => note(event.sequence, toggled)}>
              <summary className="event-row">
                <AuditEventLine event={event} now={now} elapsed={elapsed} />
              </summary>
              {detailsOfRow === undefined ? null : (
                <AuditEventDetails event={event} details={detailsOfRow} certificatesHref={certificatesHref} />
              )}
            </details>
          </li>
        );
      })}
    </ol>
  );
}
