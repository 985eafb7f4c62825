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

/** Younger instants than this, in seconds, are told by the second. */
const YOUNG_SECONDS = 120;

/** "3 days ago", with the exact UTC time as its title. */
export function RelativeTime({ at, now, className }: RelativeTimeProps): ReactElement {
  return timeAgo({ at, now, elapsed: useElapsedSince(now, at), className });
}

/** Seconds since `now`, counted as finely as the youngest of the instants on show needs it; all ISO 8601. */
export function useElapsedSince(now: string, youngest: string): number {
  return useElapsedSeconds(now, YOUNG_SECONDS - Math.abs(Date.parse(youngest) - Date.parse(now)) / 1000);
}

/**
 * The same for tables: one clock for all rows, where fifty components would each have their own.
 * @param instants all that are shown, or those nearest to now; ISO 8601
 */
export function useTimeAgo(now: string, instants: readonly string[]): (at: string) => ReactElement {
  const nearest = instants.reduce(
    (least, at) => Math.min(least, Math.abs(Date.parse(at) - Date.parse(now)) / 1000),
    YOUNG_SECONDS,
  );
  const elapsed = useElapsedSeconds(now, YOUNG_SECONDS - nearest);
  return (at) => timeAgo({ at, now, elapsed });
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
