import "server-only";
// Keeps the storage work that clients of one organization cause from holding up what the others wait for.
import { FairQueue } from "../fair-queue.ts";

/** Few, because SQLite writes one after the other, and a pool of connections is small. */
const CAPACITY = 4;
const MAXIMUM_WAITING = 500;

const turns = new FairQueue({ capacity: CAPACITY, credit: 1, maximumWaiting: MAXIMUM_WAITING });

/**
 * Does what needs storage for one request, when it is the organization's turn.
 * @throws request.too_many when too many requests of the organization wait already
 */
export function takeStorageTurn<Result>(organizationId: string, work: () => Promise<Result>): Promise<Result> {
  return turns.run(organizationId, 1, work);
}
