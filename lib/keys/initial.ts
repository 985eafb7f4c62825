import "server-only";
// The first two keys of a new organization: one that signs at once, and one that waits in the queue.
import { recordAuditEvent } from "../audit/repository.ts";
import { systemActor } from "../auth/actor.ts";
import { keyTypeOf } from "../crypto/algorithms.ts";
import type { Transaction } from "../db/client.ts";
import { prepareSigningKey } from "./new-key.ts";
import { insertSigningKey, type NewSigningKey } from "./repository.ts";

const DEFAULT_ALGORITHM = "RS256";

/** Two keys that are made but not stored yet. */
export type InitialKeys = { current: NewSigningKey; next: NewSigningKey };

/** Makes the first keys of an organization, outside any transaction; their certificates carry its name. */
export async function prepareInitialKeys(
  organizationId: string,
  name: string = organizationId,
  now: Date = new Date(),
): Promise<InitialKeys> {
  const type = keyTypeOf(DEFAULT_ALGORITHM);
  const [current, next] = await Promise.all([
    prepareSigningKey({ organizationId, name }, type, now),
    prepareSigningKey({ organizationId, name }, type, now),
  ]);
  return { current, next };
}

/** Stores the first keys in the transaction that makes the organization; nobody can have fetched a JWKS without them. */
export async function insertInitialKeys(
  organizationId: string,
  keys: InitialKeys,
  transaction: Transaction,
  now: Date,
): Promise<void> {
  const publication = { publishedAt: now, fetchedBeforeAt: null };
  const current = { state: "current", activatedAt: now } as const;
  await insertSigningKey(organizationId, { newKey: keys.current, ...publication }, current, transaction);
  await insertSigningKey(organizationId, { newKey: keys.next, ...publication }, { state: "next" }, transaction);
  const maker = systemActor(organizationId, "signet");
  for (const [state, key] of [
    ["current", keys.current],
    ["next", keys.next],
  ] as const) {
    await recordAuditEvent(
      transaction,
      maker,
      {
        action: "key.created",
        target: { type: "key", id: key.keyPairId, name: key.kid },
        kid: key.kid,
        after: { state, algorithm: key.algorithm, rsa_bits: key.rsaBits },
      },
      now,
    );
  }
}
