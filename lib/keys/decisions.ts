import "server-only";
// Loads what a decision needs and leaves it to the pure rules; the same before and inside a transaction.
import { findMaxTokenExpirySecs } from "../applications/service.ts";
import { type KeyType, keyTypeOf } from "../crypto/algorithms.ts";
import type { Transaction } from "../db/client.ts";
import { summarizeSessionsOfKeyPair } from "../sessions/service.ts";
import { type SigningKey, toSlots } from "./key.ts";
import { wasRotatedSince } from "./recent-rotations.ts";
import { findKeyByKid, findLiveKeys, findOwnedKeys, type KeyOwner } from "./repository.ts";
import { planRotation, type RotationDecision } from "./rotation.ts";
import { type DropDecision, decideDrop } from "./safety.ts";
import type { DropKeyInput, RotateKeyInput } from "./schema.ts";

/** A call that wants to rotate: what it asked for, the kid it saw as current, and when it came. */
export type RotationCall<NewKey> = { input: RotateKeyInput; expected: string; newKey: NewKey; arrivedAt: Date };

/** Decides about a rotation. @throws key.invariant_broken organization.not_found */
export async function decideRotation<NewKey>(
  organizationId: string,
  { input, expected, newKey, arrivedAt }: RotationCall<NewKey>,
  now: Date,
  transaction?: Transaction,
): Promise<{ decision: RotationDecision<NewKey>; owner: KeyOwner }> {
  const { keys, owner } = await findOwnedKeys(organizationId, transaction);
  if (input.expected_current_kid === undefined && wasRotatedSince(organizationId, arrivedAt)) {
    return { decision: { outcome: "already_rotated", slots: toSlots(keys) }, owner };
  }
  const isOverridden = input.override_reason !== undefined;
  const { jwksFetchedUntil } = owner;
  const asked = { keys, newKey, expectedCurrentKid: expected, isOverridden, jwksFetchedUntil, now };
  return { decision: planRotation(asked), owner };
}

/**
 * The type of the new next key: what is not asked for is as it is with the key that becomes current.
 * @throws key.unsupported_algorithm
 */
export function typeOfNewKey(
  input: RotateKeyInput,
  becomesCurrent: { algorithm: string; rsaBits: number | null },
): KeyType {
  const algorithm = input.algorithm ?? becomesCurrent.algorithm;
  const isRsa = algorithm.startsWith("RS");
  return keyTypeOf(algorithm, input.rsa_bits ?? (isRsa ? becomesCurrent.rsaBits : null));
}

/** Decides about dropping a previous key. @throws key.invariant_broken */
export async function decideDropOf(
  organizationId: string,
  { kid, force }: DropKeyInput,
  now: Date,
  transaction?: Transaction,
): Promise<DropDecision> {
  const live = await findLiveKeys(organizationId, transaction);
  const named = kid === undefined ? null : await findKeyByKid(organizationId, kid, transaction);
  const keys = named?.state === "dropped" ? [...live, named] : live;
  const maxTokenExpirySecs = await findMaxTokenExpirySecs(organizationId, transaction);
  return decideDrop({ keys, kid: kid ?? null, isForced: force, maxTokenExpirySecs, now });
}

/** How many alive sessions hold tokens of this key. */
export async function countSessionsOf(
  organizationId: string,
  key: SigningKey,
  now: Date,
  transaction: Transaction,
): Promise<number> {
  return (await summarizeSessionsOfKeyPair(organizationId, key.keyPairId, now, transaction)).activeSessions;
}
