// What a line of the log opens to: read when it is opened, since most never are.
"use client";

import { type ReactElement, useEffect, useEffectEvent, useRef, useState } from "react";
import { AuditEventDetails } from "#components/audit/audit-event-details.tsx";
import { Button } from "#components/ui/button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { Action } from "#components/ui/use-action.ts";
import type { AuditEventNumber } from "#lib/audit/schema.ts";
import type { AuditEventView } from "#lib/audit/view.ts";

/** Reads one event of the organization. */
export type ReadEventAction = Action<AuditEventNumber, AuditEventView>;

type OpenedEventProps = {
  sequence: number;
  /** Events that were read before, by their number; this one is added to them. */
  read: Map<number, AuditEventView>;
  readEventAction: ReadEventAction;
  /** Where certificates are, also those that were deleted. */
  certificatesHref: string;
};

/** The event, or what became of reading it. */
export function OpenedEvent({ sequence, read, readEventAction, certificatesHref }: OpenedEventProps): ReactElement {
  const [event, setEvent] = useState(read.get(sequence));
  const [problem, setProblem] = useState<string | null>(null);
  const [isReading, setReading] = useState(false);
  const place = useRef<HTMLDivElement>(null);

  async function ask(): Promise<void> {
    setReading(true);
    const result = await readEventAction({ sequence }).catch(() => null);
    setReading(false);
    if (result?.ok !== true) return setProblem(result?.message ?? "The server did not answer.");
    read.set(sequence, result.data);
    // The button that asked again goes, and must not take the focus with it.
    if (place.current?.contains(document.activeElement))
      place.current.closest("details")?.querySelector("summary")?.focus();
    setEvent(result.data);
  }

  const askOnOpening = useEffectEvent(() => {
    if (event === undefined) void ask();
  });
  useEffect(() => askOnOpening(), []);

  return (
    <div ref={place} className="flex flex-col gap-4 border-t border-line bg-sunken/40 px-5 py-4 sm:pl-11.5">
      <p role="status" className="sr-only">
        {isReading ? "Reading the event" : ""}
      </p>
      {event === undefined ? (
        <Unread problem={problem} isReading={isReading} onAsk={() => void ask()} />
      ) : (
        <AuditEventDetails event={event} certificatesHref={certificatesHref} />
      )}
    </div>
  );
}

type UnreadProps = { problem: string | null; isReading: boolean; onAsk: () => void };

function Unread({ problem, isReading, onAsk }: UnreadProps): ReactElement {
  if (problem === null) {
    return (
      <>
        <Skeleton className="w-72 max-w-full" />
        <Skeleton className="w-56 max-w-full" />
        <Skeleton className="w-64 max-w-full" />
      </>
    );
  }
  return (
    <Notice tone="danger" isLive title="The event could not be read">
      <p>{problem}</p>
      <Button size="small" isPending={isReading} onClick={onAsk}>
        Try again
      </Button>
    </Notice>
  );
}
