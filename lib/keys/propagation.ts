// The propagation gate: may a verifier still hold a JWKS that was fetched before a key was published?

/** How long a verifier may keep a JWKS, in seconds: the max-age that it is served with. */
export const JWKS_MAX_AGE_SECONDS = 900;

/** How long after a change of the keys a JWKS without it may still be handed out: the bounded age of caches, and the commit. */
const STALE_ANSWERS_MILLISECONDS = 4000;

/** When every cached JWKS holds a key, seen from now. */
export type Propagation = { propagatedAt: Date; secondsRemaining: number; isPropagated: boolean };

/**
 * The last moment at which a JWKS without a key published now can be fetched, or null when nobody has fetched any.
 * `fetchedUntil` is the horizon that every fetch so far lies before; it may reach into the future, where only those
 * fetches count that a cache may still answer with the JWKS of before.
 */
export function lastFetchWithout(fetchedUntil: Date | null, now: Date): Date | null {
  if (fetchedUntil === null) return null;
  return new Date(Math.min(fetchedUntil.getTime(), now.getTime() + STALE_ANSWERS_MILLISECONDS));
}

/** Whether a published key has reached every cache; seconds are rounded up, and 0 when it has. */
export function propagationOf(key: { publishedAt: Date; fetchedBeforeAt: Date | null }, now: Date): Propagation {
  const propagatedAt =
    key.fetchedBeforeAt === null
      ? key.publishedAt
      : new Date(Math.max(key.publishedAt.getTime(), key.fetchedBeforeAt.getTime() + JWKS_MAX_AGE_SECONDS * 1000));
  const isPropagated = key.fetchedBeforeAt === null || now >= propagatedAt;
  const secondsRemaining = isPropagated ? 0 : Math.ceil((propagatedAt.getTime() - now.getTime()) / 1000);
  return { propagatedAt, secondsRemaining, isPropagated };
}
