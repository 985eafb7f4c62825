// The audit log: its head, its filter, one page of events and the way on. One component of the browser: what the server hands
// over piece by piece costs it twice.
"use client";

import { ScrollText } from "lucide-react";
import { type ReactElement, useMemo } from "react";
import { AuditEventList } from "#components/audit/audit-event-list.tsx";
import { AuditFilter } from "#components/audit/audit-filter.tsx";
import type { ReadEventAction } from "#components/audit/opened-event.tsx";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { formatCount } from "#components/ui/format-count.ts";
import { type PackedRows, unpackRows } from "#components/ui/packed.ts";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Pagination } from "#components/ui/pagination.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import type { AuditHeadlineView } from "#lib/audit/view.ts";

type AuditLogProps = {
  events: PackedRows<AuditHeadlineView>;
  /** The server's clock, ISO 8601. */
  now: string;
  action: string | null;
  outcome: string | null;
  /** The newest events of this choice; null when these are they. */
  newestHref: string | null;
  /** Older events of this choice. */
  nextHref: string | null;
  /** Where certificates are, also those that were deleted. */
  certificatesHref: string;
  readEventAction: ReadEventAction;
};

/** The whole page. */
export function AuditLog(props: AuditLogProps): ReactElement {
  const { events, now, action, outcome, newestHref, nextHref, certificatesHref, readEventAction } = props;
  const rows = useMemo(() => unpackRows(events), [events]);
  return (
    <>
      <PageHeader
        title="Audit Log"
        description="Every change, every sign-in and every refusal. Nothing can be altered."
      />
      <AuditFilter action={action} outcome={outcome} />
      <Card
        isFlush
        footer={
          <Pagination
            label="Audit Log"
            previousHref={null}
            nextHref={nextHref}
            summary={
              newestHref === null ? (
                `${formatCount(rows.length, "event")} shown`
              ) : (
                <TextLink href={newestHref}>Back to the newest</TextLink>
              )
            }
          />
        }
      >
        {rows.length === 0 ? (
          <EmptyState icon={<ScrollText aria-hidden="true" />} title="No event">
            Nothing of this kind has happened here.
          </EmptyState>
        ) : (
          <AuditEventList
            events={rows}
            now={now}
            certificatesHref={certificatesHref}
            readEventAction={readEventAction}
          />
        )}
      </Card>
    </>
  );
}
