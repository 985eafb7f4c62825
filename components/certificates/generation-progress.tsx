// Says that a key is being made, for how long already, and how long it usually takes.
"use client";

import type { ReactElement } from "react";
import type { GeneratedKeyKind } from "#components/certificates/key-algorithm.ts";
import { useElapsedSeconds } from "#components/ui/use-elapsed-seconds.ts";

const usualDurations: Record<string, string> = {
  rsa4096: "usually 1 to 4 seconds",
  rsa3072: "usually about a second",
};

/** A live region that is silent while nothing is made; it takes no room from the buttons beside it. */
export function GenerationProgress({ kind }: { kind: GeneratedKeyKind | null }): ReactElement {
  return (
    <div className={`mr-auto min-w-0 flex-1 ${kind === null ? "" : "basis-48 max-sm:order-last max-sm:basis-full"}`}>
      <p role="status" className="text-xs text-muted">
        {kind === null ? "" : `Making an ${kind.label} key: ${usualDurations[kind.keyAlgorithm] ?? "a moment"}.`}
      </p>
      {kind === null ? null : <Elapsed since={kind.id} />}
    </div>
  );
}

function Elapsed({ since }: { since: string }): ReactElement {
  const seconds = useElapsedSeconds(since);
  return (
    <div className="mt-1.5 flex items-center gap-2" aria-hidden="true">
      <span className="h-1 w-28 overflow-hidden rounded-full bg-line">
        <span className="block h-1 w-full animate-breathe rounded-full bg-accent" />
      </span>
      <span className="text-2xs text-faint tabular-nums">{`${seconds} s`}</span>
    </div>
  );
}
