// What a line of the log opens to: read when it is opened, since most never are.
"use client";

import { type ReactElement, type ReactNode, useEffect, useEffectEvent, useState } from "react";
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

  async function ask(): Promise<void> {
    setProblem(null);
    try {
      const result = await readEventAction({ sequence });
      if (!result.ok) return setProblem(result.message);
      read.set(sequence, result.data);
      setEvent(result.data);
    } catch {
      setProblem("The server did not answer.");
    }
  }

  const askOnOpening = useEffectEvent(() => {
    if (event === undefined) void ask();
  });
  useEffect(() => askOnOpening(), []);

  if (event !== undefined) {
    return (
      <Opened>
        <AuditEventDetails event={event} certificatesHref={certificatesHref} />
      </Opened>
    );
  }
  if (problem !== null) {
    return (
      <Opened>
        <Notice tone="danger" isLive title="The event could not be read">
          <p>{problem}</p>
          <Button size="small" onClick={() => void ask()}>
            Try again
          </Button>
        </Notice>
      </Opened>
    );
  }
  return (
    <Opened>
      <p role="status" className="sr-only">
        Reading the event
      </p>
      <Skeleton className="w-72 max-w-full" />
      <Skeleton className="w-56 max-w-full" />
      <Skeleton className="w-64 max-w-full" />
    </Opened>
  );
}

function Opened({ children }: { children: ReactNode }): ReactElement {
  return <div className="flex flex-col gap-4 border-t border-line bg-sunken/40 px-5 py-4 sm:pl-11.5">{children}</div>;
}
