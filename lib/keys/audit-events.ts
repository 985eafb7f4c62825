// What the audit log keeps of each change of the signing keys: which kid, why, and the slots before and after.
import type { NewAuditEvent } from "../audit/event.ts";
import type { NextKey, Slots } from "./key.ts";
import type { NewSigningKey } from "./repository.ts";
import type { RotationPlan } from "./rotation.ts";
import type { DropDecision } from "./safety.ts";

/** A rotation; `kid` is that of the key that signs from now on. */
export function rotatedEvent(rotation: {
  before: Slots;
  plan: RotationPlan<NewSigningKey>;
  isGateOverridden: boolean;
  reason: string | undefined;
}): NewAuditEvent {
  const { before, plan, isGateOverridden, reason } = rotation;
  const { key } = plan.activate;
  const previousKids = before.previous.map((previous) => previous.kid);
  const { newKey } = plan.publish;
  return {
    action: "key.rotated",
    target: { type: "key", id: key.keyPairId, name: key.kid },
    kid: key.kid,
    ...(reason === undefined ? {} : { reason }),
    before: { current_kid: before.current.kid, next_kid: before.next.kid, previous_kids: previousKids },
    after: {
      current_kid: key.kid,
      next_kid: newKey.kid,
      previous_kids: [before.current.kid, ...previousKids],
      next_algorithm: newKey.algorithm,
      next_rsa_bits: newKey.rsaBits,
      gate_overridden: isGateOverridden,
    },
  };
}

/** A next key that made room for another; `kid` is that of the new one. */
export function replacedEvent(discarded: NextKey, newKey: NewSigningKey): NewAuditEvent {
  return {
    action: "key.next_replaced",
    target: { type: "key", id: newKey.keyPairId, name: newKey.kid },
    kid: newKey.kid,
    before: { next_kid: discarded.kid, algorithm: discarded.algorithm, rsa_bits: discarded.rsaBits },
    after: { next_kid: newKey.kid, algorithm: newKey.algorithm, rsa_bits: newKey.rsaBits },
  };
}

/** A drop; `activeSessions` is how many held tokens of the key at that moment. */
export function droppedEvent(
  { key, safety }: Extract<DropDecision, { outcome: "drop" }>,
  activeSessions: number,
): NewAuditEvent {
  return {
    action: "key.dropped",
    target: { type: "key", id: key.keyPairId, name: key.kid },
    kid: key.kid,
    before: {
      state: "previous",
      rotated_at: key.rotatedAt.toISOString(),
      safe_at: safety.safeAt.toISOString(),
      seconds_until_safe: safety.secondsUntilSafe,
      active_sessions: activeSessions,
    },
    after: { state: "dropped", forced: !safety.isSafe, private_key_destroyed: true },
  };
}
