// Counts seconds down from a value the server gave, by elapsed time, and says when it is done.
"use client";

import { type ReactElement, useEffect, useEffectEvent } from "react";
import { formatNumber } from "#components/ui/format-count.ts";
import { formatDuration } from "#components/ui/format-time.ts";
import { useElapsedSeconds } from "#components/ui/use-elapsed-seconds.ts";

type CountdownProps = {
  /** Seconds that were left when the server answered. */
  seconds: number;
  /** Changes with every answer of the server, such as its clock: the count starts over from `seconds`. */
  since: string;
  /** Called once, when nothing is left. */
  onDone?: () => void;
  /** "3412 s" or "56 min 52 s". */
  format?: "seconds" | "duration";
  className?: string;
};

/** A ticking number that a screen reader can read but is never interrupted by. */
export function Countdown({ seconds, since, onDone, format = "seconds", className }: CountdownProps): ReactElement {
  const elapsed = useElapsedSeconds(since);
  const remaining = Math.max(0, Math.ceil(seconds) - elapsed);
  const isDone = remaining === 0;
  const reportDone = useEffectEvent(() => onDone?.());
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new answer of the server may run out too
  useEffect(() => {
    if (isDone && seconds > 0) reportDone();
  }, [isDone, seconds, since]);
  return (
    <span role="timer" aria-live="off" className={className}>
      <span className="whitespace-nowrap tabular-nums">
        {format === "seconds" ? `${formatNumber(remaining)} s` : formatDuration(remaining)}
      </span>
    </span>
  );
}
