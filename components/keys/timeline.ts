// Turns the keys of an organization into rows of bars, and time into places on an axis that is compressed away from now.
import type { KeySealState } from "#components/keys/key-seal.tsx";
import { formatDuration } from "#components/ui/format-time.ts";
import type { SigningKeyStatusView } from "#lib/keys/view.ts";

/** What a key does during a stretch of time. */
export type TimelinePhase = "published" | "signing" | "valid";

/** A stretch of time; instants in seconds from now, the past negative. */
export type TimelineBar = { phase: TimelinePhase; from: number; to: number };

/** One key with its bars. */
export type TimelineRow = {
  kid: string;
  state: KeySealState;
  algorithm: string;
  rsa_bits: number | null;
  bars: TimelineBar[];
  /** When it was dropped, in seconds from now. */
  droppedAt: number | null;
};

/** Rows, and the function that places an instant between 0 and 100 percent. */
export type Timeline = {
  rows: TimelineRow[];
  hiddenCount: number;
  nowAt: number;
  place: (secondsFromNow: number) => number;
  ticks: { at: number; label: string }[];
};

const shownPrevious = 6;
const shownDropped = 3;
const tickDistances = [60, 300, 900, 3600, 21_600, 86_400, 604_800, 2_592_000, 7_776_000, 31_536_000, 94_608_000];
const tickSpacing = 13;

/** Builds the timeline of a status; now is its `server_time`. */
export function buildTimeline(status: SigningKeyStatusView): Timeline {
  const rows = readRows(status);
  const ends = rows.flatMap((row) => row.bars.flatMap((bar) => [bar.from, bar.to]));
  const past = Math.max(60, -Math.min(...ends, 0));
  const future = Math.max(...ends, 0);
  const nowAt = future > 0 ? 70 : 90;
  function place(seconds: number): number {
    // The cube root lets an hour stay visible beside a year, without pressing the years together as a logarithm does.
    if (seconds <= 0) return nowAt * (1 - Math.cbrt(Math.min(1, -seconds / past)));
    return nowAt + (97 - nowAt) * Math.cbrt(Math.min(1, seconds / Math.max(future, 60)));
  }
  const hiddenCount =
    Math.max(0, status.prev_keys.length - shownPrevious) + Math.max(0, status.dropped_keys.length - shownDropped);
  return { rows, hiddenCount, nowAt, place, ticks: chooseTicks(place, past, future, nowAt) };
}

function chooseTicks(place: Timeline["place"], past: number, future: number, nowAt: number): Timeline["ticks"] {
  const ticks: Timeline["ticks"] = [];
  let last = -tickSpacing / 2;
  for (const distance of [...tickDistances].reverse()) {
    const at = place(-distance);
    if (distance > past || at - last < tickSpacing || nowAt - at < tickSpacing) continue;
    ticks.push({ at, label: `−${formatDuration(distance)}` });
    last = at;
  }
  last = nowAt;
  for (const distance of tickDistances) {
    const at = place(distance);
    if (distance > future || at - last < tickSpacing || at > 96) continue;
    ticks.push({ at, label: `+${formatDuration(distance)}` });
    last = at;
  }
  return ticks;
}

function readRows(status: SigningKeyStatusView): TimelineRow[] {
  const now = Date.parse(status.server_time);
  const from = (instant: string): number => (Date.parse(instant) - now) / 1000;
  const { next_key: next, current_key: current } = status;
  const rows: TimelineRow[] = [
    {
      ...identity(next),
      state: "next",
      droppedAt: null,
      bars: [{ phase: "published", from: from(next.published_at), to: 0 }],
    },
    {
      ...identity(current),
      state: "current",
      droppedAt: null,
      bars: [
        { phase: "published", from: from(current.published_at), to: from(current.activated_at) },
        { phase: "signing", from: from(current.activated_at), to: 0 },
        { phase: "valid", from: 0, to: current.signed_until === null ? 0 : from(current.signed_until) },
      ],
    },
  ];
  for (const key of status.prev_keys.slice(0, shownPrevious)) {
    rows.push({
      ...identity(key),
      state: "previous",
      droppedAt: null,
      bars: [
        { phase: "published", from: from(key.published_at), to: from(key.activated_at) },
        { phase: "signing", from: from(key.activated_at), to: from(key.rotated_at) },
        { phase: "valid", from: from(key.rotated_at), to: from(key.safe_at) },
      ],
    });
  }
  for (const key of status.dropped_keys.slice(0, shownDropped)) {
    const droppedAt = from(key.dropped_at);
    const activatedAt = key.activated_at === null ? droppedAt : from(key.activated_at);
    const rotatedAt = key.rotated_at === null ? droppedAt : from(key.rotated_at);
    const signedUntil = key.signed_until === null ? rotatedAt : from(key.signed_until);
    rows.push({
      ...identity(key),
      state: "dropped",
      droppedAt,
      bars: [
        { phase: "published", from: from(key.published_at), to: activatedAt },
        { phase: "signing", from: activatedAt, to: rotatedAt },
        { phase: "valid", from: rotatedAt, to: Math.min(signedUntil, droppedAt) },
      ],
    });
  }
  return rows.map((row) => ({ ...row, bars: row.bars.filter((bar) => bar.to > bar.from) }));
}

function identity(key: {
  kid: string;
  algorithm: string;
  rsa_bits: number | null;
}): Pick<TimelineRow, "kid" | "algorithm" | "rsa_bits"> {
  return { kid: key.kid, algorithm: key.algorithm, rsa_bits: key.rsa_bits };
}
