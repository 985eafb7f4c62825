// Says whether a previous key may go: green Safe to drop, or amber Pending with the seconds left and the sessions that would fail.
"use client";

import { CircleCheck, Hourglass } from "lucide-react";
import type { ReactElement } from "react";
import { Badge } from "#components/ui/badge.tsx";
import { Countdown } from "#components/ui/countdown.tsx";
import { formatCount } from "#components/ui/format-count.ts";

type SafetyBadgeProps = {
  isSafe: boolean;
  secondsUntilSafe: number;
  activeSessions: number;
  /** The server's clock when the seconds were counted, ISO 8601. */
  since: string;
  /** Called when the seconds have run out. */
  onDone?: () => void;
};

/** The safety of a previous key, in words, colour and icon. */
export function SafetyBadge({
  isSafe,
  secondsUntilSafe,
  activeSessions,
  since,
  onDone,
}: SafetyBadgeProps): ReactElement {
  if (isSafe) {
    return (
      <Badge tone="positive" icon={<CircleCheck aria-hidden="true" />}>
        Safe to drop
      </Badge>
    );
  }
  return (
    <Badge tone="warning" icon={<Hourglass aria-hidden="true" />} className="flex-wrap">
      <span>Pending</span>
      <span aria-hidden="true" className="opacity-60 max-sm:hidden">
        ·
      </span>
      <span>
        <Countdown seconds={secondsUntilSafe} since={since} onDone={onDone} /> left
      </span>
      <span aria-hidden="true" className="opacity-60 max-sm:hidden">
        ·
      </span>
      <span>{formatCount(activeSessions, "active session")}</span>
    </Badge>
  );
}
