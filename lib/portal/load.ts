import "server-only";
// Watches how busy the public plane is, and tells the portal.
import type { ChildProcess } from "node:child_process";
import { availableParallelism } from "node:os";
import { performance } from "node:perf_hooks";
import type { LoadMessage } from "./messages.ts";

/** With more of them the portal has one for itself, beside that of the public plane and that of who calls it. */
const SCARCE_CORES = 2;
const SAMPLE_MILLISECONDS = 100;
/** The part of its time that the event loop is at work: from the first on it is busy, until it is below the second. */
const BUSY = 0.7;
const FREE = 0.4;

/** Where cores are scarce, tells a child that listens whether this process is busy, at each change, until the child is gone. */
export function tellLoad(child: ChildProcess, cores = availableParallelism()): void {
  if (cores > SCARCE_CORES) return;
  let isBusy = false;
  let before = performance.eventLoopUtilization();
  const timer = setInterval(() => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, before);
    before = now;
    if (isBusy ? utilization > FREE : utilization < BUSY) return;
    isBusy = !isBusy;
    const message: LoadMessage = { publicPlane: isBusy ? "busy" : "free" };
    child.send(message, () => undefined);
  }, SAMPLE_MILLISECONDS).unref();
  child.once("exit", () => clearInterval(timer));
}
