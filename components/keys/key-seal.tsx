// Draws the seal of a key: a figure derived from its kid, the same wherever the key appears, so that the eye recognises it.
import type { ReactElement } from "react";
import { classNames } from "#components/ui/class-names.ts";

/** What a key is at the moment; it sets the seal's weight and colour. */
export type KeySealState = "current" | "next" | "previous" | "dropped";

type KeySealProps = { kid: string; state: KeySealState; className?: string };

const frames: Record<KeySealState, string> = {
  current: "fill-accent stroke-accent",
  next: "fill-accent-soft stroke-accent-line [stroke-dasharray:2.4_1.6]",
  previous: "fill-sunken stroke-control",
  dropped: "fill-transparent stroke-line",
};

const figures: Record<KeySealState, string> = {
  current: "stroke-on-accent",
  next: "stroke-accent-text",
  previous: "stroke-muted",
  dropped: "stroke-faint",
};

// FNV-1a: small, the same everywhere, and good enough to tell a handful of keys apart.
function fingerprint(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  return hash >>> 0;
}

// Inner and outer radius of a ray: none, inner, outer, long, and so on.
const rayShapes: readonly (readonly [number, number])[] = [
  [0, 0],
  [5.5, 8],
  [5.5, 11],
  [5.5, 14],
  [10, 14],
  [13, 14],
  [0, 11],
  [0, 0],
];
const hubRadii = [0, 1.2, 2.8, 4.2] as const;

function point(angle: number, radius: number): string {
  return `${(20 + radius * Math.cos(angle)).toFixed(2)} ${(20 + radius * Math.sin(angle)).toFixed(2)}`;
}

// Twelve rays, mirrored left and right so that the figure looks made rather than random.
function rays(hash: number): string {
  const parts: string[] = [];
  for (let index = 0; index < 12; index += 1) {
    const unique = index <= 6 ? index : 12 - index;
    const [from, to] = rayShapes[(hash >>> (unique * 3)) & 7] ?? [6, 6];
    const angle = (index / 12) * 2 * Math.PI - Math.PI / 2;
    if (to > from) parts.push(`M${point(angle, from)}L${point(angle, to)}`);
  }
  return parts.join("");
}

/** A decorative seal; the kid must stand beside it. */
export function KeySeal({ kid, state, className = "size-8" }: KeySealProps): ReactElement {
  const hash = fingerprint(kid);
  return (
    <svg viewBox="0 0 40 40" className={classNames("shrink-0", className)} aria-hidden="true" focusable="false">
      <path className={frames[state]} strokeWidth="1.4" d="M12.6 2h14.8L38 12.6v14.8L27.4 38H12.6L2 27.4V12.6z" />
      <g className={classNames("fill-none", figures[state])} strokeWidth="2.4" strokeLinecap="round">
        <path d={rays(hash)} />
        <circle cx="20" cy="20" r={hubRadii[(hash >>> 24) & 3]} strokeWidth="1.8" />
      </g>
    </svg>
  );
}
