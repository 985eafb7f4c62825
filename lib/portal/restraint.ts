import "server-only";
// Lets verifiers and clients go before people where cores are short: while the public plane is busy, the portal begins requests
// only as fast as a part of one core can answer them. The scheduler does not do it: whoever has a core keeps it for a while.
import { EventEmitter, once } from "node:events";
import { setTimeout } from "node:timers/promises";
import { isLoadMessage } from "./messages.ts";

/** How much of one core pages and calls may take meanwhile. */
const SHARE = 0.5;
/** However much was used, the portal stands still no longer than this at once, and then begins what waits. */
const LONGEST_PAUSE_MILLISECONDS = 250;

/** What time it is, and what all threads of this process have used of it, in milliseconds. */
type Meter = () => { now: number; used: number };

/**
 * Listens on the channel of the public plane.
 * @returns a function that resolves when a request may begin; null when it may at once
 */
export function restrainPortal(channel: EventEmitter, meter: Meter = processMeter): () => Promise<void> | null {
  const changes = new EventEmitter();
  let isRestrained = false;
  let settled = meter();
  /** How long the portal has to stand still until it has used no more than its share, in milliseconds. */
  let debt = 0;
  let pause: Promise<void> | null = null;
  channel.on("message", (message) => {
    if (!isLoadMessage(message)) return;
    isRestrained = message.publicPlane === "busy";
    [settled, debt] = [meter(), 0];
    if (!isRestrained) changes.emit("free");
  });

  function settle(): void {
    const before = settled;
    settled = meter();
    const due = debt + (settled.used - before.used) / SHARE - (settled.now - before.now);
    debt = Math.min(Math.max(0, due), LONGEST_PAUSE_MILLISECONDS);
  }
  async function standStill(): Promise<void> {
    const stop = new AbortController();
    await Promise.race([
      setTimeout(debt, undefined, { signal: stop.signal }).catch(() => undefined),
      once(changes, "free", { signal: stop.signal }).catch(() => undefined),
    ]);
    stop.abort();
    pause = null;
  }
  return () => {
    if (!isRestrained) return null;
    if (pause !== null) return pause;
    settle();
    if (debt === 0) return null;
    pause = standStill();
    return pause;
  };
}

function processMeter(): ReturnType<Meter> {
  const { user, system } = process.cpuUsage();
  return { now: performance.now(), used: (user + system) / 1000 };
}
