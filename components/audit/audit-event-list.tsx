// The rows of the audit log.
"use client";

import { type ReactElement, type ToggleEvent, useEffect, useRef, useState } from "react";
import { AuditEventLine } from "#components/audit/audit-event-line.tsx";
import { OpenedEvent, type ReadEventAction } from "#components/audit/opened-event.tsx";
import { useElapsedSince } from "#components/ui/relative-time.tsx";
import type { AuditEventView, AuditHeadlineView } from "#lib/audit/view.ts";

type AuditEventListProps = {
  events: readonly AuditHeadlineView[];
  /** The server's clock, ISO 8601. */
  now: string;
  /** Where certificates are, also those that were deleted. */
  certificatesHref: string;
  readEventAction: ReadEventAction;
};

/** One page of the log; each line opens to the state before and after, the reason, and where it came from. */
export function AuditEventList(props: AuditEventListProps): ReactElement {
  const { events, now, certificatesHref, readEventAction } = props;
  // One clock and one memory for all rows: fifty of each would be most of what a page costs.
  const elapsed = useElapsedSince(now, events[0]?.at ?? now);
  // A page would be ten times as long with all that nobody opens; what was read once is there when it is opened again.
  const read = useRef(new Map<number, AuditEventView>());
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set());
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
      {events.map((event) => (
        <li key={event.sequence}>
          <details onToggle={(toggled) => note(event.sequence, toggled)}>
            <summary className="event-row">
              <AuditEventLine event={event} now={now} elapsed={elapsed} />
            </summary>
            {open.has(event.sequence) ? (
              <OpenedEvent
                sequence={event.sequence}
                read={read.current}
                readEventAction={readEventAction}
                certificatesHref={certificatesHref}
              />
            ) : null}
          </details>
        </li>
      ))}
    </ol>
  );
}
