// Shows inside a dialog why an action on a key failed, and brings it into view.
"use client";

import { type ReactElement, useEffect, useRef } from "react";
import { Notice } from "#components/ui/notice.tsx";
import type { ActionFailure } from "#components/ui/use-action.ts";

/** The failure with its field errors; nothing when there is none. */
export function KeyActionNotice({ failure }: { failure: ActionFailure | null }): ReactElement | null {
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (failure !== null) frame.current?.scrollIntoView({ block: "nearest" });
  }, [failure]);
  if (failure === null) return null;
  return (
    // The margins keep it clear of the dialog's header and footer, which stay in place.
    <div ref={frame} className="scroll-mt-32 scroll-mb-24">
      <Notice tone="danger" isLive title={failure.message}>
        {failure.errors === undefined || failure.errors.length === 0 ? undefined : (
          <ul className="list-disc pl-4">
            {failure.errors.map((error) => (
              <li key={`${error.field}:${error.code}`}>{error.message}</li>
            ))}
          </ul>
        )}
      </Notice>
    </div>
  );
}
