// Counts the seconds since a value came from the server, by the clock that no one can set.
"use client";

import { useEffect, useState } from "react";

/** Whole seconds since `resetKey` last changed, updated every `everySeconds`; 0 on the server and at hydration. */
export function useElapsedSeconds(resetKey: string, everySeconds = 1): number {
  const [state, setState] = useState({ resetKey, elapsed: 0 });
  useEffect(() => {
    const start = performance.now();
    const period = everySeconds * 1000;
    let timer = setTimeout(tick, period);
    function tick(): void {
      const passed = performance.now() - start;
      setState({ resetKey, elapsed: Math.floor(passed / 1000) });
      timer = setTimeout(tick, period - (passed % period) + 4);
    }
    return () => clearTimeout(timer);
  }, [resetKey, everySeconds]);
  return state.resetKey === resetKey ? state.elapsed : 0;
}
