// One event of the log: a line that opens to the state before and after, the reason, and where it came from.
import { ChevronRight } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { actionLabel } from "#components/audit/action-label.ts";
import { stateChanges } from "#components/audit/state-changes.ts";
import { Kid } from "#components/keys/kid.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { formatInstant } from "#components/ui/format-time.ts";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { AuditEventView } from "#lib/audit/view.ts";

type AuditEventItemProps = {
  event: AuditEventView;
  /** The server's clock, ISO 8601. */
  now: string;
};

/** A row of the log. */
export function AuditEventItem({ event, now }: AuditEventItemProps): ReactElement {
  return (
    <details className="group">
      <summary className="flex cursor-pointer list-none items-start gap-2.5 px-5 py-3 hover:bg-sunken/60 [&::-webkit-details-marker]:hidden">
        <ChevronRight
          className="mt-0.5 size-4 shrink-0 text-faint transition-transform duration-100 group-open:rotate-90"
          aria-hidden="true"
        />
        <AuditEventLine event={event} now={now} />
      </summary>
      <AuditEventDetails event={event} />
    </details>
  );
}

/** What happened, to what, by whom, and when; for lists that do not open. */
export function AuditEventLine({ event, now }: AuditEventItemProps): ReactElement {
  return (
    <div className="grid min-w-0 flex-1 gap-x-4 gap-y-0.5 sm:grid-cols-[minmax(0,1fr)_auto]">
      <div className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
        <span className="font-medium">{actionLabel(event.action)}</span>
        <OutcomeBadge outcome={event.outcome} />
        {event.kid === null ? null : <Kid kid={event.kid} isShort className="text-xs" />}
      </div>
      <RelativeTime at={event.at} now={now} className="text-xs/5 text-muted sm:text-end" />
      <p className="col-start-1 text-xs wrap-anywhere text-muted">
        {event.actor.name}
        {event.target.name === event.actor.name || event.target.name === event.kid ? null : ` → ${event.target.name}`}
      </p>
    </div>
  );
}

function OutcomeBadge({ outcome }: { outcome: string }): ReactElement | null {
  if (outcome === "success") return null;
  return <Badge tone={outcome === "denied" ? "danger" : "warning"}>{outcome === "denied" ? "Denied" : "Failed"}</Badge>;
}

function AuditEventDetails({ event }: { event: AuditEventView }): ReactElement {
  const changes = stateChanges(event.before, event.after);
  return (
    <div className="flex flex-col gap-4 border-t border-line bg-sunken/40 px-5 py-4 sm:pl-11.5">
      {changes.length === 0 ? null : (
        <table className="w-full table-fixed text-xs">
          <caption className="sr-only">State before and after</caption>
          <thead>
            <tr className="text-start text-faint">
              <th scope="col" className="w-1/4 pb-1 text-start font-medium">
                <span className="sr-only">Fact</span>
              </th>
              <th scope="col" className="pb-1 pr-3 text-start font-medium">
                Before
              </th>
              <th scope="col" className="pb-1 text-start font-medium">
                After
              </th>
            </tr>
          </thead>
          <tbody>
            {changes.map((change) => (
              <tr key={change.name} className="border-t border-line align-top">
                <th scope="row" className="py-1 pr-3 text-start font-normal wrap-anywhere text-muted">
                  {change.name}
                </th>
                <td className="py-1 pr-3 wrap-anywhere text-muted">{change.before ?? "—"}</td>
                <td className={`py-1 wrap-anywhere ${change.isChanged ? "font-medium" : "text-muted"}`}>
                  {change.after ?? "—"}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <dl className="grid grid-cols-[6rem_minmax(0,1fr)] gap-x-3 gap-y-1 text-xs">
        <Fact term="Time">{formatInstant(event.at, true)}</Fact>
        <Fact term="By">{`${event.actor.name} (${event.actor.type})`}</Fact>
        <Fact term="On">{`${event.target.type} ${event.target.name}`}</Fact>
        {event.kid === null ? null : (
          <Fact term="Key ID">
            <span className="flex items-center gap-1">
              <Kid kid={event.kid} />
              <CopyButton value={event.kid} label={`Copy the key ID of event ${event.sequence}`} />
            </span>
          </Fact>
        )}
        {event.reason === null ? null : <Fact term="Reason">{event.reason}</Fact>}
        {event.address === null ? null : <Fact term="Address">{event.address}</Fact>}
        {event.request_id === null ? null : <Fact term="Request">{event.request_id}</Fact>}
        <Fact term="Number">{event.sequence}</Fact>
      </dl>
    </div>
  );
}

function Fact({ term, children }: { term: string; children: ReactNode }): ReactElement {
  return (
    <>
      <dt className="text-faint">{term}</dt>
      <dd className="wrap-anywhere">{children}</dd>
    </>
  );
}
