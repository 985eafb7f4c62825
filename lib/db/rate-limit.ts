import "server-only";
// Counts what somebody does in a span of time, in the database, so that all processes count together.
import { RateLimiterPrisma, RateLimiterRes } from "rate-limiter-flexible";
import { type Database, database, sql } from "./client.ts";
import { readRows } from "./statements.ts";
import { writeAlone } from "./transaction.ts";

/** How often something may be done in a span; `name` keeps its counters apart from others. */
export type Allowance = { name: string; times: number; seconds: number };

/** The library's limiter; where that asks Prisma twice to count, this one does it in one statement. */
class RateLimiter extends RateLimiterPrisma {
  /** Called by the library: adds points to a counter, or sets it anew when it is over or `isForced`; answers the counter. */
  async _upsert(key: string, points: number, milliseconds: number, isForced = false): Promise<Counter | undefined> {
    const now = new Date();
    const expire = milliseconds > 0 ? new Date(now.getTime() + milliseconds) : null;
    const isOver = isForced ? sql`1 = 1` : sql`"RateLimiterFlexible"."expire" <= ${now}`;
    const [counter] = await readRows<Counter>(sql`
      INSERT INTO "RateLimiterFlexible" ("key", "points", "expire") VALUES (${key}, ${points}, ${expire})
      ON CONFLICT ("key") DO UPDATE SET
        "points" = CASE WHEN ${isOver} THEN 0 ELSE "RateLimiterFlexible"."points" END + excluded."points",
        "expire" = CASE WHEN ${isOver} THEN excluded."expire" ELSE "RateLimiterFlexible"."expire" END
      RETURNING "points", "expire"`);
    return counter;
  }
}

type Counter = { points: number; expire: Date | null };

const limitersOf = new WeakMap<Database, Map<string, RateLimiter>>();

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
export function limiterOf({ name, times, seconds }: Allowance): RateLimiter {
  const storeClient = database();
  const limiters = limitersOf.get(storeClient) ?? new Map<string, RateLimiter>();
  limitersOf.set(storeClient, limiters);
  let limiter = limiters.get(name);
  if (limiter === undefined) {
    const options = { keyPrefix: name, points: times, duration: seconds };
    limiter = new RateLimiter({
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
