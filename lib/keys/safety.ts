// When a previous key is safe to drop (PRODUCT.md section 3), and the decision to drop one.
import type { PreviousKey, SigningKey } from "./key.ts";
import { toSlots } from "./key.ts";

/** Whether no token of a key can still be valid; seconds are rounded up, and 0 when it is safe. */
export type Safety = { safeAt: Date; isSafe: boolean; secondsUntilSafe: number };

/**
 * The rule: the rotation plus the longest token expiry of any application now, or the last expiry ever signed, whichever is later.
 * `maxTokenExpirySecs` is 0 when no application gets tokens.
 */
export function safetyOf(
  key: { rotatedAt: Date; signedUntil: Date | null },
  maxTokenExpirySecs: number,
  now: Date,
): Safety {
  const afterRotation = key.rotatedAt.getTime() + maxTokenExpirySecs * 1000;
  const safeAt = new Date(Math.max(afterRotation, key.signedUntil?.getTime() ?? 0));
  const isSafe = now >= safeAt;
  return { safeAt, isSafe, secondsUntilSafe: isSafe ? 0 : Math.ceil((safeAt.getTime() - now.getTime()) / 1000) };
}

/** What was asked: the latest previous key when `kid` is null; `isForced` also before it is safe. */
export type DropRequest = {
  keys: readonly SigningKey[];
  kid: string | null;
  isForced: boolean;
  maxTokenExpirySecs: number;
  now: Date;
};

/** What comes of a request to drop a key. */
export type DropDecision =
  | { outcome: "drop"; key: PreviousKey; safety: Safety }
  | { outcome: "not_safe"; key: PreviousKey; safety: Safety }
  | { outcome: "no_previous" }
  | { outcome: "not_previous"; key: SigningKey }
  | { outcome: "not_found" };

/**
 * Decides about a drop; it takes neither the current nor the next key, so there is always one that signs.
 * @throws key.invariant_broken when the slots are not as they must be
 */
export function decideDrop(request: DropRequest): DropDecision {
  const { previous } = toSlots(request.keys);
  const { kid } = request;
  const key = kid === null ? previous[0] : previous.find((candidate) => candidate.kid === kid);
  if (key === undefined) {
    if (kid === null) return { outcome: "no_previous" };
    const other = request.keys.find((candidate) => candidate.kid === kid);
    return other === undefined ? { outcome: "not_found" } : { outcome: "not_previous", key: other };
  }
  const safety = safetyOf(key, request.maxTokenExpirySecs, request.now);
  return { outcome: safety.isSafe || request.isForced ? "drop" : "not_safe", key, safety };
}
