import "server-only";
// The public door of the signing keys: their status, rotation, replacement of the next key, and dropping a previous one.
import { findApplicationsOnDefaultCertificate, findMaxTokenExpirySecs } from "../applications/service.ts";
import { recordAuditEvent } from "../audit/repository.ts";
import { type Actor, requirePermission } from "../auth/actor.ts";
import { keyTypeOf } from "../crypto/algorithms.ts";
import { readCertificate } from "../crypto/x509.ts";
import type { Transaction } from "../db/client.ts";
import { changeOrganizationAndRead } from "../db/transaction.ts";
import { endSessionsOfKeyPair, summarizeActiveSessions } from "../sessions/service.ts";
import { droppedEvent, replacedEvent, rotatedEvent } from "./audit-events.ts";
import { startClock } from "./clock.ts";
import { countSessionsOf, decideDropOf, decideRotation, typeOfNewKey } from "./decisions.ts";
import { type DropImpactView, type RotationImpactView, toDropImpactView, toRotationImpactView } from "./impact-view.ts";
import { type SigningKey, toSlots } from "./key.ts";
import { prepareKeyAhead, takeNewKey } from "./keys-ahead.ts";
import { noteRotation } from "./recent-rotations.ts";
import { refusalOfDrop, refusalOfRotation } from "./refusal.ts";
import {
  destroyPrivateKey,
  findKeysWithHistory,
  findLiveKeys,
  findOwnedKeys,
  insertSigningKey,
  type KeyOwner,
  type NewSigningKey,
  updateSlot,
} from "./repository.ts";
import { planReplacement, type RotationDecision, type RotationPlan } from "./rotation.ts";
import type { DropDecision } from "./safety.ts";
import type { DropKeyInput, ReplaceNextKeyInput, RotateKeyInput } from "./schema.ts";
import { takeTurn } from "./turns.ts";
import { type SigningKeyStatusView, toSigningKeyStatusView } from "./view.ts";

const LONGEST_HISTORY = 20;

/**
 * The status object of PRODUCT.md section 5.
 * @throws auth.forbidden
 */
export async function getSigningKeyStatus(actor: Actor, now: Date = new Date()): Promise<SigningKeyStatusView> {
  requirePermission(actor, "certificates.view");
  const { status, owner } = await loadOwnedStatus(actor.organizationId, now);
  if (owner !== null && actor.permissions.has("certificates.manage")) {
    prepareKeyAhead(owner, typeOfNewKey({}, toKeyKind(status.next_key)), now);
  }
  return status;
}

/**
 * Rotates: current becomes previous, next becomes current, and a new next key is published.
 * @throws auth.forbidden key.unsupported_algorithm
 * @throws key.already_rotated when another key is current than the caller saw, or than there was when the call arrived
 * @throws key.next_not_propagated unless there is an override reason
 */
export async function rotateSigningKey(
  actor: Actor,
  input: RotateKeyInput,
  now: Date = new Date(),
): Promise<SigningKeyStatusView> {
  requirePermission(actor, "certificates.manage");
  const { organizationId } = actor;
  const clock = startClock(now);
  const expected = input.expected_current_kid ?? (await findCurrentKid(organizationId));
  return takeTurn(organizationId, async () => {
    const call = { input, expected, arrivedAt: now };
    const planned = await decideRotation(organizationId, { ...call, newKey: null }, clock());
    const { key } = requireRotation(planned.decision).plan.activate;
    const newKey = await takeNewKey(planned.owner, typeOfNewKey(input, key), clock());
    const write = async (transaction: Transaction): Promise<void> => {
      const { decision } = await decideRotation(organizationId, { ...call, newKey }, clock(), transaction);
      const { plan, slots, propagation } = requireRotation(decision);
      await writeRotation(organizationId, plan, transaction);
      const isGateOverridden = !propagation.isPropagated;
      const event = rotatedEvent({ before: slots, plan, isGateOverridden, reason: input.override_reason });
      await recordAuditEvent(transaction, actor, event, clock());
    };
    // Noted when it is committed, and again when everybody has been told: a call that comes between overlaps this one too.
    const status = await changeOrganizationAndRead(organizationId, write, () => {
      noteRotation(organizationId, now);
      return loadStatus(organizationId, clock());
    });
    noteRotation(organizationId, now);
    return status;
  });
}

/**
 * What {@link rotateSigningKey} would do now; changes nothing.
 * @throws auth.forbidden key.unsupported_algorithm
 */
export async function previewRotation(
  actor: Actor,
  input: RotateKeyInput,
  now: Date = new Date(),
): Promise<RotationImpactView> {
  requirePermission(actor, "certificates.manage");
  const { organizationId } = actor;
  const expected = input.expected_current_kid ?? (await findCurrentKid(organizationId));
  const request = { input, expected, newKey: null, arrivedAt: now };
  const { decision } = await decideRotation(organizationId, request, now);
  const status = await loadStatus(organizationId, now);
  const { algorithm, rsaBits } = typeOfNewKey(input, toKeyKind(status.next_key));
  const refusal = decision.outcome === "rotate" ? null : refusalOfRotation(decision);
  return toRotationImpactView(status, { algorithm: algorithm.name, rsa_bits: rsaBits }, refusal);
}

/**
 * Replaces the next key by one of another algorithm or size, so that it is published before it signs.
 * @throws auth.forbidden key.unsupported_algorithm
 */
export async function replaceNextKey(
  actor: Actor,
  input: ReplaceNextKeyInput,
  now: Date = new Date(),
): Promise<SigningKeyStatusView> {
  requirePermission(actor, "certificates.manage");
  const { organizationId } = actor;
  const clock = startClock(now);
  return takeTurn(organizationId, async () => {
    const { owner } = await findOwnedKeys(organizationId);
    const newKey = await takeNewKey(owner, keyTypeOf(input.algorithm, input.rsa_bits), clock());
    const write = async (transaction: Transaction): Promise<void> => {
      const {
        keys,
        owner: { jwksFetchedUntil },
      } = await findOwnedKeys(organizationId, transaction);
      const { discard, publish } = planReplacement({ keys, newKey, jwksFetchedUntil, now: clock() });
      await updateSlot(organizationId, discard.key, { state: "dropped", droppedAt: discard.droppedAt }, transaction);
      await destroyPrivateKey(organizationId, discard.key.keyPairId, null, transaction);
      await insertSigningKey(organizationId, publish, { state: "next" }, transaction);
      await recordAuditEvent(transaction, actor, replacedEvent(discard.key, newKey), clock());
    };
    return changeOrganizationAndRead(organizationId, write, () => loadStatus(organizationId, clock()));
  });
}

/**
 * Drops a previous key: it leaves the JWKS at once and its private half is destroyed; the row stays as history.
 * @throws auth.forbidden key.no_previous key.not_found key.not_previous
 * @throws key.not_safe_to_drop unless forced
 */
export async function dropSigningKey(
  actor: Actor,
  input: DropKeyInput,
  now: Date = new Date(),
): Promise<SigningKeyStatusView> {
  requirePermission(actor, "certificates.manage");
  const { organizationId } = actor;
  const clock = startClock(now);
  const write = async (transaction: Transaction): Promise<void> => {
    const decision = await destroyAsDecided(organizationId, input, clock(), transaction);
    const { key } = decision;
    const droppedAt = clock();
    await updateSlot(organizationId, key, { state: "dropped", droppedAt }, transaction);
    const activeSessions = await countSessionsOf(organizationId, key, droppedAt, transaction);
    await endSessionsOfKeyPair(organizationId, key.keyPairId, droppedAt, transaction);
    await recordAuditEvent(transaction, actor, droppedEvent(decision, activeSessions), droppedAt);
  };
  return changeOrganizationAndRead(organizationId, write, () => loadStatus(organizationId, clock()));
}

/**
 * What {@link dropSigningKey} would do now; changes nothing.
 * @throws auth.forbidden key.no_previous key.not_found key.not_previous
 */
export async function previewDrop(actor: Actor, input: DropKeyInput, now: Date = new Date()): Promise<DropImpactView> {
  requirePermission(actor, "certificates.manage");
  const { organizationId } = actor;
  const decision = await decideDropOf(organizationId, input, now);
  if (decision.outcome !== "drop" && decision.outcome !== "not_safe") throw refusalOfDrop(decision, 0);
  const sessions = await summarizeActiveSessions(organizationId, now);
  const maxTokenExpirySecs = await findMaxTokenExpirySecs(organizationId);
  const { key } = decision;
  const activeSessions = sessions.byKeyPair.get(key.keyPairId)?.activeSessions ?? 0;
  const refusal = decision.outcome === "drop" ? null : refusalOfDrop(decision, activeSessions);
  return toDropImpactView(key, { sessions, maxTokenExpirySecs, now }, refusal);
}

/**
 * The keys of the organization's JWKS: the one that signs, the one that will, then those that did.
 * Empty when there is no such organization.
 */
export async function listPublishedKeys(organizationId: string): Promise<SigningKey[]> {
  const keys = await findLiveKeys(organizationId);
  if (keys.length === 0) return [];
  const { current, next, previous } = toSlots(keys);
  return [current, next, ...previous];
}

async function loadStatus(organizationId: string, now: Date): Promise<SigningKeyStatusView> {
  return (await loadOwnedStatus(organizationId, now)).status;
}

async function loadOwnedStatus(
  organizationId: string,
  now: Date,
): Promise<{ status: SigningKeyStatusView; owner: KeyOwner | null }> {
  const [{ live, dropped, owner }, sessions, maxTokenExpirySecs, exposed] = await Promise.all([
    findKeysWithHistory(organizationId, LONGEST_HISTORY),
    summarizeActiveSessions(organizationId, now),
    findMaxTokenExpirySecs(organizationId),
    findApplicationsOnDefaultCertificate(organizationId, now),
  ]);
  const slots = toSlots(live);
  const certificate = readCertificate(slots.current.certificatePem);
  const status = toSigningKeyStatusView({
    organizationId,
    slots,
    dropped,
    certificate,
    sessions,
    maxTokenExpirySecs,
    exposed,
    now,
  });
  return { status, owner };
}

function toKeyKind(key: { algorithm: string; rsa_bits: number | null }): { algorithm: string; rsaBits: number | null } {
  return { algorithm: key.algorithm, rsaBits: key.rsa_bits };
}

async function findCurrentKid(organizationId: string): Promise<string> {
  return toSlots(await findLiveKeys(organizationId)).current.kid;
}

function requireRotation<NewKey>(
  decision: RotationDecision<NewKey>,
): Extract<RotationDecision<NewKey>, { outcome: "rotate" }> {
  if (decision.outcome !== "rotate") throw refusalOfRotation(decision);
  return decision;
}

async function writeRotation(
  organizationId: string,
  { retire, activate, publish }: RotationPlan<NewSigningKey>,
  transaction: Transaction,
): Promise<void> {
  const { rotatedAt } = retire;
  const { activatedAt } = activate;
  await updateSlot(organizationId, retire.key, { state: "previous", rotatedAt }, transaction);
  await updateSlot(organizationId, activate.key, { state: "current", activatedAt }, transaction);
  await insertSigningKey(organizationId, publish, { state: "next" }, transaction);
}

/** A signer may raise the horizon between the decision and the destruction; then the decision is taken again. */
async function destroyAsDecided(
  organizationId: string,
  input: DropKeyInput,
  now: Date,
  transaction: Transaction,
): Promise<Extract<DropDecision, { outcome: "drop" }>> {
  for (;;) {
    const decision = await decideDropOf(organizationId, input, now, transaction);
    if (decision.outcome !== "drop") {
      const key = decision.outcome === "not_safe" ? decision.key : null;
      throw refusalOfDrop(decision, key ? await countSessionsOf(organizationId, key, now, transaction) : 0);
    }
    const { key } = decision;
    const onlyWhile = decision.safety.isSafe ? { signedUntil: key.signedUntil } : null;
    if (await destroyPrivateKey(organizationId, key.keyPairId, onlyWhile, transaction)) return decision;
  }
}
