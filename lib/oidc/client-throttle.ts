import "server-only";
// Counts failed attempts of clients to say who they are, and guesses in the name of clients that prove nothing, in the memory
// of this process.
import { LRUCache } from "lru-cache";
import { atMost } from "../at-most.ts";
import { networkOf } from "../network.ts";

const WINDOW_SECONDS = 60;
const FAILURES_OF_CLIENT = 60;
/** More, because many machines of one company may share an address. */
const FAILURES_OF_NETWORK = 300;
/** Many, because a whole company may begin its day behind one address with refresh tokens that ended overnight. */
const GUESSES_OF_NETWORK = 600;
const MAXIMUM_COUNTED = 20_000;

type Counted = { failures: number };

const byClient = new LRUCache<string, Counted>({ ...atMost(MAXIMUM_COUNTED), ttl: WINDOW_SECONDS * 1000 });
const byNetwork = new LRUCache<string, Counted>({ ...atMost(MAXIMUM_COUNTED), ttl: WINDOW_SECONDS * 1000 });
const guessesByNetwork = new LRUCache<string, Counted>({ ...atMost(MAXIMUM_COUNTED), ttl: WINDOW_SECONDS * 1000 });

/**
 * Counts a failed attempt at a client, or at none that exists; answers the seconds to wait once there were too many in a
 * minute, otherwise null.
 */
export function countClientFailure(applicationId: string | undefined, address: string): number | null {
  const network = networkOf(address);
  const waits = [
    countIn(byNetwork, network, FAILURES_OF_NETWORK),
    // Guesses at clients that do not exist count for their network as guesses at one client.
    countIn(byClient, applicationId ?? `network ${network}`, FAILURES_OF_CLIENT),
  ].filter((wait) => wait !== null);
  return waits.length === 0 ? null : Math.max(...waits);
}

/** Counts a code or a refresh token that was none, brought by whoever calls itself a public client: each costs a query. */
export function countGuess(address: string): void {
  countIn(guessesByNetwork, networkOf(address), GUESSES_OF_NETWORK);
}

/** The seconds that a network has to wait after too many guesses in a minute, or null. */
export function waitAfterGuesses(address: string): number | null {
  const network = networkOf(address);
  if ((guessesByNetwork.get(network)?.failures ?? 0) < GUESSES_OF_NETWORK) return null;
  return secondsLeft(guessesByNetwork, network);
}

function countIn(counters: LRUCache<string, Counted>, key: string, limit: number): number | null {
  const counted = counters.get(key) ?? { failures: 0 };
  counted.failures += 1;
  if (counted.failures === 1) counters.set(key, counted);
  if (counted.failures <= limit) return null;
  return secondsLeft(counters, key);
}

function secondsLeft(counters: LRUCache<string, Counted>, key: string): number {
  return Math.max(1, Math.ceil(counters.getRemainingTTL(key) / 1000));
}
