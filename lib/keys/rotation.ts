// Rotation as a pure function: keys, a new key and the time give a plan, or the reason why there is none.
import { type CurrentKey, type NextKey, type SigningKey, type Slots, toSlots } from "./key.ts";
import { lastFetchWithout, type Propagation, propagationOf } from "./propagation.ts";

/** What was asked, with everything that decides about it. */
export type RotationRequest<NewKey> = {
  keys: readonly SigningKey[];
  /** The pair that becomes the new next key. */
  newKey: NewKey;
  /** The kid that the caller saw as current. */
  expectedCurrentKid: string;
  /** True to promote the next key although a verifier may not hold it yet. */
  isOverridden: boolean;
  /** No verifier can have fetched the JWKS later than this; null when nobody ever did. */
  jwksFetchedUntil: Date | null;
  now: Date;
};

/** A key that enters the queue, and when it was published. */
export type Publication<NewKey> = { newKey: NewKey; publishedAt: Date; fetchedBeforeAt: Date | null };

/** What to write, in this order and in one transaction. */
export type RotationPlan<NewKey> = {
  retire: { key: CurrentKey; rotatedAt: Date };
  activate: { key: NextKey; activatedAt: Date };
  publish: Publication<NewKey>;
};

/** What comes of a request to rotate. */
export type RotationDecision<NewKey> =
  | { outcome: "rotate"; plan: RotationPlan<NewKey>; slots: Slots; propagation: Propagation }
  | { outcome: "already_rotated"; slots: Slots }
  | { outcome: "gate_closed"; slots: Slots; propagation: Propagation };

/**
 * Plans a rotation. A caller that saw another current key is told so first: its rotation has happened.
 * @throws key.invariant_broken when the slots are not as they must be
 */
export function planRotation<NewKey>(request: RotationRequest<NewKey>): RotationDecision<NewKey> {
  const slots = toSlots(request.keys);
  const { current, next } = slots;
  if (current.kid !== request.expectedCurrentKid) return { outcome: "already_rotated", slots };
  const propagation = propagationOf(next, request.now);
  if (!propagation.isPropagated && !request.isOverridden) return { outcome: "gate_closed", slots, propagation };
  const plan = {
    retire: { key: current, rotatedAt: notBefore(request.now, current.activatedAt) },
    activate: { key: next, activatedAt: notBefore(request.now, current.activatedAt) },
    publish: publicationOf(request),
  };
  return { outcome: "rotate", plan, slots, propagation };
}

/** What to write when the next key makes room for another one that is published now. */
export type ReplacementPlan<NewKey> = { discard: { key: NextKey; droppedAt: Date }; publish: Publication<NewKey> };

/**
 * Plans the replacement of the next key, which never signed anything.
 * @throws key.invariant_broken when the slots are not as they must be
 */
export function planReplacement<NewKey>(request: {
  keys: readonly SigningKey[];
  newKey: NewKey;
  jwksFetchedUntil: Date | null;
  now: Date;
}): ReplacementPlan<NewKey> {
  const { next } = toSlots(request.keys);
  return {
    discard: { key: next, droppedAt: notBefore(request.now, next.publishedAt) },
    publish: publicationOf(request),
  };
}

function publicationOf<NewKey>(request: {
  newKey: NewKey;
  jwksFetchedUntil: Date | null;
  now: Date;
}): Publication<NewKey> {
  const { newKey, jwksFetchedUntil, now } = request;
  return { newKey, publishedAt: now, fetchedBeforeAt: lastFetchWithout(jwksFetchedUntil, now) };
}

/** A clock that was set back must not make a key end before it began. */
function notBefore(now: Date, earliest: Date): Date {
  return now < earliest ? earliest : now;
}
