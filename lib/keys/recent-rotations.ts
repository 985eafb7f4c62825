// Remembers when the last rotation in this process ended, so that a call that came while it ran does not make a second one.
import { LRUCache } from "lru-cache";

const MAXIMUM_ORGANIZATIONS = 10_000;
const LONGEST_CALL_MILLISECONDS = 30_000;

const ends = new LRUCache<string, number>({ max: MAXIMUM_ORGANIZATIONS, ttl: LONGEST_CALL_MILLISECONDS });

/** Notes that a rotation of this organization has just been committed. */
export function noteRotation(organizationId: string): void {
  ends.set(organizationId, Date.now());
}

/** True when the last rotation of this organization was committed after a call had arrived. */
export function wasRotatedSince(organizationId: string, arrivedAt: Date): boolean {
  const waited = (ends.get(organizationId) ?? 0) - arrivedAt.getTime();
  return waited > 0 && waited < LONGEST_CALL_MILLISECONDS;
}
