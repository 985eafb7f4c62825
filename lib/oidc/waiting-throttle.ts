import "server-only";
// Counts the authorization requests that are kept for strangers, by network, in the memory of this process: each is a row.
import { LRUCache } from "lru-cache";
import { atMost } from "../at-most.ts";
import { AppError } from "../errors.ts";
import { networkOf } from "../network.ts";

const WINDOW_SECONDS = 60;
/** Many, because a whole company may begin its day behind one address. */
const KEPT_OF_NETWORK = 600;
const MAXIMUM_COUNTED = 20_000;

const kept = new LRUCache<string, { count: number }>({ ...atMost(MAXIMUM_COUNTED), ttl: WINDOW_SECONDS * 1000 });

/** Counts one more request of a network. @throws request.too_many with `retry_after` in seconds */
export function countKeptRequest(address: string): void {
  const network = networkOf(address);
  const counted = kept.get(network) ?? { count: 0 };
  counted.count += 1;
  if (counted.count === 1) kept.set(network, counted);
  if (counted.count <= KEPT_OF_NETWORK) return;
  const seconds = Math.max(1, Math.ceil(kept.getRemainingTTL(network) / 1000));
  throw new AppError("request.too_many", `Too many sign-ins begin at your network. Try again in ${seconds} seconds.`, {
    details: { retry_after: seconds },
  });
}
