import "server-only";
// Counts what somebody does in a span of time, in the database, so that all processes count together.
import { RateLimiterPrisma, RateLimiterRes } from "rate-limiter-flexible";
import { type Database, database } from "./client.ts";
import { writeAlone } from "./transaction.ts";

/** How often something may be done in a span; `name` keeps its counters apart from others. */
export type Allowance = { name: string; times: number; seconds: number };

const limitersOf = new WeakMap<Database, Map<string, RateLimiterPrisma>>();

/**
 * Counts one use by `subject`; tells how many seconds to wait, or 0 when it is allowed. A span begins with the first use.
 */
export async function secondsUntilAllowed(allowance: Allowance, subject: string): Promise<number> {
  try {
    await writeAlone(() => limiterOf(allowance).consume(subject));
    return 0;
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    return Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
  }
}

/** The counters of an allowance in the database of now, for who decides alone what they mean. */
export function limiterOf({ name, times, seconds }: Allowance): RateLimiterPrisma {
  const storeClient = database();
  const limiters = limitersOf.get(storeClient) ?? new Map<string, RateLimiterPrisma>();
  limitersOf.set(storeClient, limiters);
  let limiter = limiters.get(name);
  if (limiter === undefined) {
    const options = { keyPrefix: name, points: times, duration: seconds };
    limiter = new RateLimiterPrisma({
      ...options,
      storeClient,
      tableName: "rateLimiterFlexible",
      // Whoever is refused is not counted in the database again until the span has passed.
      inMemoryBlockOnConsumed: times + 1,
      // The first limiter clears away what has expired for all of them: they share the table.
      clearExpiredByTimeout: limiters.size === 0,
    });
    limiters.set(name, limiter);
  }
  return limiter;
}
