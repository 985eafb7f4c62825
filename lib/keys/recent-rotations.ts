// Remembers when the last rotation in this process ended, so that a call that came while it ran does not make a second one.
import { LRUCache } from "lru-cache";
import { atMost } from "../at-most.ts";

const MAXIMUM_ORGANIZATIONS = 10_000;
const LONGEST_CALL_MILLISECONDS = 30_000;

const ends = new LRUCache<string, number>({ ...atMost(MAXIMUM_ORGANIZATIONS), ttl: LONGEST_CALL_MILLISECONDS });

/** Notes that a rotation that had arrived at this moment has just been committed. */
export function noteRotation(organizationId: string, arrivedAt: Date): void {
  if (isWithinOneCall(arrivedAt.getTime(), Date.now())) ends.set(organizationId, Date.now());
}

/** True when the last rotation of this organization was committed after a call had arrived. */
export function wasRotatedSince(organizationId: string, arrivedAt: Date): boolean {
  return isWithinOneCall(arrivedAt.getTime(), ends.get(organizationId) ?? 0);
}

/** Only calls of the real clock overlap: a time that lies further back was given by hand. */
function isWithinOneCall(arrivedAt: number, endedAt: number): boolean {
  return arrivedAt < endedAt && endedAt - arrivedAt < LONGEST_CALL_MILLISECONDS;
}
