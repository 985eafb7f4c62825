import "server-only";
// Keeps slow signatures of one organization from filling the thread pool, which all organizations share.
import { FairQueue } from "../fair-queue.ts";

/** Microseconds; below it a signature costs less than its turn would. */
const FAST_COST = 200;
/**
 * Six RSA 4096 signatures, or 48 of RSA 2048: enough that none of the pool's four threads ever waits for the event loop,
 * and little enough that whoever comes next waits for milliseconds.
 */
const CAPACITY = 24_000;
/** One RSA 4096 signature, or eight of RSA 2048. */
const CREDIT = 4000;
const MAXIMUM_WAITING = 1000;

const turns = new FairQueue({ capacity: CAPACITY, credit: CREDIT, maximumWaiting: MAXIMUM_WAITING });

/**
 * Makes a signature that costs so many microseconds, when it is the organization's turn.
 * @throws request.too_many when too many of the organization wait already
 */
export function takeSigningTurn(organizationId: string, cost: number, sign: () => Promise<string>): Promise<string> {
  return cost < FAST_COST ? sign() : turns.run(organizationId, cost, sign);
}
