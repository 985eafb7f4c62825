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
  const distanceAtRender = (Date.parse(at) - Date.parse(now)) / 1000;
  const elapsed = useElapsedSeconds(now, Math.abs(distanceAtRender) < 120 ? 1 : 20);
  return (
    <time dateTime={at} title={`${at} · ${formatInstant(at, true)}`} className={className}>
      {formatRelative(distanceAtRender - elapsed)}
    </time>
  );
}
