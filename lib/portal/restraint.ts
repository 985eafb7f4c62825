import "server-only";
// Lets verifiers and clients go before people where cores are short: while the public plane is busy, the portal begins requests
// only as fast as a part of one core can answer them. The scheduler does not do it: whoever has a core keeps it for a while.
import type { EventEmitter } from "node:events";
import { setTimeout } from "node:timers/promises";
import { isLoadMessage } from "./messages.ts";

/** How much of one core pages and calls may take meanwhile. */
const SHARE = 0.5;
/** Nobody waits longer than this for the begin of a request, whatever was used before. */
const LONGEST_WAIT_MILLISECONDS = 250;

/** Listens on the channel of the public plane; the function that it returns resolves when a request may begin. */
export function restrainPortal(channel: EventEmitter): () => Promise<void> {
  let isRestrained = false;
  let settledAt = 0;
  let usedBefore = 0;
  /** How long the portal would have to stand still until it has used no more than its share, in milliseconds. */
  let debt = 0;
  let turn = Promise.resolve();
  channel.on("message", (message) => {
    if (!isLoadMessage(message)) return;
    isRestrained = message.publicPlane === "busy";
    [settledAt, usedBefore, debt] = [performance.now(), processorMilliseconds(), 0];
  });

  async function settle(): Promise<void> {
    if (!isRestrained) return;
    const [now, used] = [performance.now(), processorMilliseconds()];
    debt = Math.max(0, debt + (used - usedBefore) / SHARE - (now - settledAt));
    [settledAt, usedBefore] = [now, used];
    if (debt > 0) await setTimeout(Math.min(debt, LONGEST_WAIT_MILLISECONDS));
  }
  return async () => {
    if (!isRestrained) return;
    turn = turn.then(settle);
    await turn;
  };
}

/** What all threads of this process have used. */
function processorMilliseconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
