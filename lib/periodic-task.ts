import "server-only";
// Does something again and again in a process that serves, one run after the other, until the process stops.
import { setTimeout } from "node:timers/promises";
import { log } from "./log.ts";

/** How long a stop waits for a run that is under way. */
const STOP_BOUND_MILLISECONDS = 2000;

/** When a task runs: seconds from now to its first run, and seconds between the end of one and the start of the next. */
export type Rhythm = { firstAfterSeconds: number; everySeconds: number };

/**
 * Runs `work` in this rhythm; a failure is logged and the next run comes all the same. The returned function stops it,
 * and waits at most 2 s for a run that is under way, which learns of it by its signal.
 */
export function startPeriodicTask(
  name: string,
  { firstAfterSeconds, everySeconds }: Rhythm,
  work: (signal: AbortSignal) => Promise<void>,
): () => Promise<void> {
  const stop = new AbortController();
  const { signal } = stop;
  const rest = (seconds: number): Promise<void> =>
    setTimeout(seconds * 1000, undefined, { signal, ref: false }).catch(() => undefined);
  const running = (async (): Promise<void> => {
    await rest(firstAfterSeconds);
    while (!signal.aborted) {
      try {
        await work(signal);
      } catch (error) {
        log().warn({ err: error, task: name }, "a periodic task failed; it runs again later");
      }
      await rest(everySeconds);
    }
  })();
  return async () => {
    stop.abort();
    await Promise.race([running, setTimeout(STOP_BOUND_MILLISECONDS, undefined, { ref: false })]);
  };
}
