// The time inside a call: that of its arrival, unless making a key took so long that it is another time by now.
const NEGLIGIBLE_MILLISECONDS = 2000;

/** Starts a clock at a moment; within two seconds it stays there, so that one call has one time. */
export function startClock(now: Date): () => Date {
  const startedAt = performance.now();
  return () => {
    const elapsed = performance.now() - startedAt;
    return elapsed < NEGLIGIBLE_MILLISECONDS ? now : new Date(now.getTime() + Math.round(elapsed));
  };
}
