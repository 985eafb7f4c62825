// Counts the seconds since a value came from the server, by the clock that no one can set.
"use client";

import { useEffect, useState } from "react";

/** How often the seconds are counted when they no longer matter one by one. */
const COARSE_SECONDS = 20;

/** Whole seconds since `resetKey` last changed, counted one by one for `fineSeconds`; 0 on the server and at hydration. */
export function useElapsedSeconds(resetKey: string, fineSeconds = Number.POSITIVE_INFINITY): number {
  const [state, setState] = useState({ resetKey, elapsed: 0 });
  useEffect(() => {
    const start = performance.now();
    const pauseAfter = (passed: number): number => {
      const period = passed < fineSeconds * 1000 ? 1000 : COARSE_SECONDS * 1000;
      return period - (passed % period) + 4;
    };
    let timer = setTimeout(tick, pauseAfter(0));
    function tick(): void {
      const passed = performance.now() - start;
      setState({ resetKey, elapsed: Math.floor(passed / 1000) });
      timer = setTimeout(tick, pauseAfter(passed));
    }
    return () => clearTimeout(timer);
  }, [resetKey, fineSeconds]);
  return state.resetKey === resetKey ? state.elapsed : 0;
}
