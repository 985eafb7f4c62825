// What an event of the log opens to: the state before and after, the reason, and where it came from.
"use client";

import { memo, type ReactElement, type ReactNode } from "react";
import type { EventDetails, EventHeadline } from "#components/audit/listed-event.ts";
import { stateChanges } from "#components/audit/state-changes.ts";
import { StateTable } from "#components/audit/state-table.tsx";
import { Kid } from "#components/keys/kid.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { formatInstant } from "#components/ui/format-time.ts";
import { TextLink } from "#components/ui/text-link.tsx";

type AuditEventDetailsProps = {
  event: EventHeadline;
  details: EventDetails;
  /** Where certificates are, also those that were deleted. */
  certificatesHref: string;
};

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The state before and after, and the facts. They stay while the clock of the list goes on. */
export const AuditEventDetails = memo(Details);

function Details({ event, details, certificatesHref }: AuditEventDetailsProps): ReactElement {
  const changes = stateChanges(details.before, details.after);
  const isCertificate = details.targetType === "certificate";
  // A certificate's row is never removed, so these links hold for as long as the log does.
  const linkOf = (key: string, value: string): string | null =>
    uuid.test(value) && (key === "signing_cert_id" || key === "signingCertId" || (key === "id" && isCertificate))
      ? `${certificatesHref}/${value}`
      : null;
  return (
    <div className="flex flex-col gap-4 border-t border-line bg-sunken/40 px-5 py-4 sm:pl-11.5">
      {changes.length === 0 ? null : <StateTable changes={changes} linkOf={linkOf} />}
      <dl className="grid grid-cols-[6rem_minmax(0,1fr)] gap-x-3 gap-y-1 text-xs">
        <Fact term="Time">{formatInstant(event.at, true)}</Fact>
        <Fact term="By">{`${event.actorName} (${details.actorType})`}</Fact>
        <Fact term="On">
          {`${details.targetType} `}
          {isCertificate && details.targetId !== "" ? (
            <TextLink href={`${certificatesHref}/${details.targetId}`}>{event.targetName}</TextLink>
          ) : (
            event.targetName
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
        {details.reason === null ? null : <Fact term="Reason">{details.reason}</Fact>}
        {details.address === null ? null : <Fact term="Address">{details.address}</Fact>}
        {details.requestId === null ? null : <Fact term="Request">{details.requestId}</Fact>}
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
