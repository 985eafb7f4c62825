// How long something takes, on a machine that also does other things.

/** Milliseconds of the fastest of five runs: what the work itself costs. */
export async function fastestOfFive(run: () => unknown): Promise<number> {
  let fastest = Number.POSITIVE_INFINITY;
  for (let index = 0; index < 5; index += 1) {
    const startedAt = performance.now();
    await run();
    fastest = Math.min(fastest, performance.now() - startedAt);
  }
  return fastest;
}
