// The rows of the audit log.
"use client";

import { type ReactElement, useMemo } from "react";
import { AuditEventItem } from "#components/audit/audit-event-item.tsx";
import { type Packed, unpack } from "#components/ui/packed.ts";
import type { AuditEventView } from "#lib/audit/view.ts";

type AuditEventListProps = {
  events: Packed<readonly AuditEventView[]>;
  /** The server's clock, ISO 8601. */
  now: string;
  /** Where certificates are, also those that were deleted. */
  certificatesHref: string;
};

/** One page of the log. */
export function AuditEventList({ events, now, certificatesHref }: AuditEventListProps): ReactElement {
  const rows = useMemo(() => unpack(events), [events]);
  return (
    <ol className="divide-y divide-line">
      {rows.map((event) => (
        <li key={event.id}>
          <AuditEventItem event={event} now={now} certificatesHref={certificatesHref} />
        </li>
      ))}
    </ol>
  );
}
