// What an event of the log opens to: the state before and after, the reason, and where it came from.
"use client";

import { memo, type ReactElement, type ReactNode } from "react";
import { stateChanges } from "#components/audit/state-changes.ts";
import { StateTable } from "#components/audit/state-table.tsx";
import { Kid } from "#components/keys/kid.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { formatInstant } from "#components/ui/format-time.ts";
import { TextLink } from "#components/ui/text-link.tsx";
import type { AuditEventView } from "#lib/audit/view.ts";

type AuditEventDetailsProps = {
  event: AuditEventView;
  /** Where certificates are, also those that were deleted. */
  certificatesHref: string;
};

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The state before and after, and the facts. They stay while the clock of the list goes on. */
export const AuditEventDetails = memo(Details);

function Details({ event, certificatesHref }: AuditEventDetailsProps): ReactElement {
  const { actor, target } = event;
  const changes = stateChanges(event.before, event.after);
  const isCertificate = target.type === "certificate";
  // A certificate's row is never removed, so these links hold for as long as the log does.
  const linkOf = (key: string, value: string): string | null =>
    uuid.test(value) && (key === "signing_cert_id" || key === "signingCertId" || (key === "id" && isCertificate))
      ? `${certificatesHref}/${value}`
      : null;
  return (
    <>
      {changes.length === 0 ? null : <StateTable changes={changes} linkOf={linkOf} />}
      <dl className="grid grid-cols-[6rem_minmax(0,1fr)] gap-x-3 gap-y-1 text-xs">
        <Fact term="Time">{formatInstant(event.at, true)}</Fact>
        <Fact term="By">{`${actor.name} (${actor.type})`}</Fact>
        <Fact term="On">
          {`${target.type} `}
          {isCertificate && target.id !== "" ? (
            <TextLink href={`${certificatesHref}/${target.id}`}>{target.name}</TextLink>
          ) : (
            target.name
          )}
        </Fact>
        {event.kid === null ? null : (
          <Fact term="Key ID">
            <span className="flex items-center gap-1">
              <Kid kid={event.kid} />
              <CopyButton value={event.kid} label={`Copy the key ID of event ${event.sequence}`} className="-my-1.5" />
            </span>
          </Fact>
        )}
        {event.reason === null ? null : <Fact term="Reason">{event.reason}</Fact>}
        {event.address === null ? null : <Fact term="Address">{event.address}</Fact>}
        {event.request_id === null ? null : <Fact term="Request">{event.request_id}</Fact>}
        <Fact term="Number">{event.sequence}</Fact>
      </dl>
    </>
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
