// Shows an instant as a distance from now that keeps itself current, with the exact time beside it for whoever needs it.
"use client";

import type { ReactElement } from "react";
import { formatInstant, formatRelative } from "#components/ui/format-time.ts";
import { useElapsedSeconds } from "#components/ui/use-elapsed-seconds.ts";

type RelativeTimeProps = {
  /** ISO 8601, UTC. */
  at: string;
  /** The server's clock when the page was rendered, ISO 8601. */
  now: string;
  className?: string;
};

/** "3 days ago", with the exact UTC time as its title. */
export function RelativeTime({ at, now, className }: RelativeTimeProps): ReactElement {
  const elapsed = useElapsedSeconds(now, Math.abs(Date.parse(at) - Date.parse(now)) < 120_000 ? 1 : 20);
  return timeAgo({ at, now, elapsed, className });
}

/** The same for lists, which count the seconds that elapsed since `now` once for all rows. */
export function timeAgo(shown: RelativeTimeProps & { elapsed: number }): ReactElement {
  const { at, now, elapsed, className } = shown;
  return (
    <time dateTime={at} title={`${at} · ${formatInstant(at, true)}`} className={className}>
      {formatRelative((Date.parse(at) - Date.parse(now)) / 1000 - elapsed)}
    </time>
  );
}
