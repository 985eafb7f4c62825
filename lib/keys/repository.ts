import "server-only";
// Signing keys in storage; every function touches one organization only, and private halves come and go sealed.
import { ALGORITHMS, type SigningAlgorithm } from "../crypto/algorithms.ts";
import { type PublicJwk, readPublicJwk } from "../crypto/jwk.ts";
import { database, joinSql, rawSql, sql, type Transaction } from "../db/client.ts";
import { insertRow, readRows, writeRows } from "../db/statements.ts";
import { writeAlone } from "../db/transaction.ts";
import { AppError } from "../errors.ts";
import type { SigningKey, SigningKeyState } from "./key.ts";
import type { Publication } from "./rotation.ts";
import type { SealedPrivateKey } from "./vault.ts";

/** A pair that is made and sealed, but stands in no slot yet. */
export type NewSigningKey = {
  keyPairId: string;
  kid: string;
  algorithm: SigningAlgorithm;
  rsaBits: number | null;
  publicJwk: PublicJwk;
  sealedPrivateKey: SealedPrivateKey;
  certificatePem: string;
  createdAt: Date;
};

/** What a signer is made of. */
export type SigningMaterial = {
  keyPairId: string;
  kid: string;
  algorithm: SigningAlgorithm;
  sealedPrivateKey: string;
  signedUntil: Date | null;
};

/** What decides whether a pair can go. */
export type PairState = { kid: string; signedUntil: Date | null; unassignedAt: Date | null; isDestroyed: boolean };

const PUBLIC_COLUMNS = {
  kid: true,
  algorithm: true,
  rsaBits: true,
  publicJwk: true,
  signedUntil: true,
  createdAt: true,
} as const;

type JoinedRow = Omit<NonNullable<Awaited<ReturnType<Transaction["signingKey"]["findFirst"]>>>, "organizationId"> &
  Pick<NonNullable<Awaited<ReturnType<Transaction["keyPair"]["findFirst"]>>>, keyof typeof PUBLIC_COLUMNS>;
type OwnedRow = JoinedRow & { organizationName: string; jwksFetchedUntil: Date | null };

/** The organization whose keys they are, and the horizon of its JWKS fetches. */
export type KeyOwner = { organizationId: string; name: string; jwksFetchedUntil: Date | null };

/** The keys in the slots next, current and previous. */
export async function findLiveKeys(organizationId: string, transaction?: Transaction): Promise<SigningKey[]> {
  return (await findKeys(organizationId, 0, transaction)).keys;
}

/** The keys in the slots, and their owner. @throws organization.not_found also for one that has no key */
export async function findOwnedKeys(
  organizationId: string,
  transaction?: Transaction,
): Promise<{ keys: SigningKey[]; owner: KeyOwner }> {
  const { keys, owner } = await findKeys(organizationId, 0, transaction);
  if (owner === null) throw new AppError("organization.not_found", "There is no such organization.");
  return { keys, owner };
}

/** The keys in the slots, the history (dropped keys, latest drop first), and their owner, null where there is no key. */
export async function findKeysWithHistory(
  organizationId: string,
  longestHistory: number,
): Promise<{ live: SigningKey[]; dropped: SigningKey[]; owner: KeyOwner | null }> {
  const { keys, owner } = await findKeys(organizationId, longestHistory);
  return {
    owner,
    live: keys.filter((key) => key.state !== "dropped"),
    dropped: keys.filter((key) => key.state === "dropped").sort(latestDropFirst),
  };
}

/** One query, because every rotation asks three times. */
async function findKeys(
  organizationId: string,
  longestHistory: number,
  transaction?: Transaction,
): Promise<{ keys: SigningKey[]; owner: KeyOwner | null }> {
  const statement = sql`
    SELECT s."id", s."keyPairId", s."state", s."publishedAt", s."fetchedBeforeAt", s."activatedAt", s."rotatedAt",
      s."droppedAt", s."certificatePem", k."kid", k."algorithm", k."rsaBits", k."publicJwk", k."signedUntil", k."createdAt",
      o."name" AS "organizationName", o."jwksFetchedUntil"
    FROM "SigningKey" s
    JOIN "KeyPair" k ON k."id" = s."keyPairId"
    JOIN "Organization" o ON o."id" = s."organizationId"
    WHERE s."id" IN (
      SELECT l."id" FROM "SigningKey" l
      WHERE l."organizationId" = ${organizationId} AND l."state" IN ('next', 'current', 'previous')
      UNION ALL
      SELECT "id" FROM (
        SELECT d."id" FROM "SigningKey" d
        WHERE d."organizationId" = ${organizationId} AND d."state" = 'dropped'
        ORDER BY d."droppedAt" DESC, d."id" LIMIT ${longestHistory}) h)`;
  const rows = await readRows<OwnedRow>(statement, transaction);
  const [first] = rows;
  return {
    keys: rows.map(({ organizationName: _name, jwksFetchedUntil: _fetched, ...row }) => toSigningKey(row)),
    owner: first ? { organizationId, name: first.organizationName, jwksFetchedUntil: first.jwksFetchedUntil } : null,
  };
}

function latestDropFirst(one: SigningKey, other: SigningKey): number {
  return (other.droppedAt?.getTime() ?? 0) - (one.droppedAt?.getTime() ?? 0) || (one.id < other.id ? -1 : 1);
}

/** The key with this kid in whatever state, or null. */
export async function findKeyByKid(
  organizationId: string,
  kid: string,
  transaction: Transaction = database(),
): Promise<SigningKey | null> {
  const row = await transaction.signingKey.findFirst({
    where: { organizationId, keyPair: { organizationId, kid } },
    include: { keyPair: { select: PUBLIC_COLUMNS } },
  });
  if (row === null) return null;
  const { keyPair, organizationId: _organizationId, ...slot } = row;
  return toSigningKey({ ...slot, ...keyPair });
}

/** The kid and the algorithm of the current key, or null when there is no such organization. */
export async function findCurrentKey(
  organizationId: string,
  transaction: Transaction = database(),
): Promise<{ kid: string; algorithm: SigningAlgorithm } | null> {
  const row = await transaction.signingKey.findFirst({
    where: { organizationId, state: "current" },
    select: { keyPair: { select: { kid: true, algorithm: true } } },
  });
  return row && { kid: row.keyPair.kid, algorithm: row.keyPair.algorithm as SigningAlgorithm };
}

/** The public half of any key pair that the organization ever had, destroyed ones too, or null. */
export async function findPublicKey(
  organizationId: string,
  kid: string,
): Promise<{ algorithm: SigningAlgorithm; publicJwk: PublicJwk } | null> {
  const row = await database().keyPair.findFirst({
    where: { organizationId, kid },
    select: { algorithm: true, publicJwk: true },
  });
  if (row === null) return null;
  const algorithm = row.algorithm as SigningAlgorithm;
  return { algorithm, publicJwk: readPublicJwk(JSON.parse(row.publicJwk), ALGORITHMS[algorithm]) };
}

/** What the current key signs with, or null when there is no such organization. */
export async function findCurrentMaterial(organizationId: string): Promise<SigningMaterial | null> {
  const row = await database().signingKey.findFirst({
    where: { organizationId, state: "current" },
    include: { keyPair: true },
  });
  return row && toSigningMaterial(row.keyPair);
}

/** What one key pair signs with, or null when it is missing or its private half is destroyed. */
export async function findMaterial(organizationId: string, keyPairId: string): Promise<SigningMaterial | null> {
  const row = await database().keyPair.findFirst({ where: { id: keyPairId, organizationId } });
  return row && toSigningMaterial(row);
}

/** What decides whether a pair can go. @throws key.not_found */
export async function findPairState(
  organizationId: string,
  keyPairId: string,
  transaction: Transaction = database(),
): Promise<PairState> {
  const row = await transaction.keyPair.findFirst({ where: { id: keyPairId, organizationId } });
  if (row === null) throw new AppError("key.not_found", "There is no such key.");
  const { kid, signedUntil, unassignedAt, sealedPrivateKey } = row;
  return { kid, signedUntil, unassignedAt, isDestroyed: sealedPrivateKey === null };
}

/** Which of these key pairs are destroyed or gone. */
export async function findDestroyed(organizationId: string, keyPairIds: string[]): Promise<string[]> {
  const alive = await database().keyPair.findMany({
    where: { organizationId, id: { in: keyPairIds }, sealedPrivateKey: { not: null } },
    select: { id: true },
  });
  const aliveIds = new Set(alive.map((row) => row.id));
  return keyPairIds.filter((id) => !aliveIds.has(id));
}

/** Puts a new pair into a slot. */
export async function insertSigningKey(
  organizationId: string,
  { newKey, publishedAt, fetchedBeforeAt }: Publication<NewSigningKey>,
  slot: { state: "next" } | { state: "current"; activatedAt: Date },
  transaction: Transaction,
): Promise<void> {
  const { certificatePem, publicJwk, keyPairId, ...pair } = newKey;
  const jwk = JSON.stringify(publicJwk);
  await insertRow("KeyPair", { ...pair, id: keyPairId, organizationId, publicJwk: jwk }, transaction);
  const place = { ...slot, organizationId, keyPairId, certificatePem, publishedAt, fetchedBeforeAt };
  await insertRow("SigningKey", { id: crypto.randomUUID(), ...place }, transaction);
}

/** Moves a key from the slot it was seen in to another. @throws key.invariant_broken when it is not there any more */
export async function updateSlot(
  organizationId: string,
  key: SigningKey,
  change: { state: SigningKeyState; activatedAt?: Date; rotatedAt?: Date; droppedAt?: Date },
  transaction: Transaction,
): Promise<void> {
  const values = joinSql(Object.entries(change).map(([name, value]) => sql`${rawSql(`"${name}"`)} = ${value}`));
  const statement = sql`UPDATE "SigningKey" SET ${values}
    WHERE "id" = ${key.id} AND "organizationId" = ${organizationId} AND "state" = ${key.state}`;
  if ((await writeRows(statement, transaction)) !== 1)
    throw new AppError("key.invariant_broken", "A key left its slot in the middle of a change.");
}

/**
 * Destroys a private half. With `signedUntil` only while the pair has signed nothing that expires later; false means that it has.
 */
export async function destroyPrivateKey(
  organizationId: string,
  keyPairId: string,
  onlyWhile: { signedUntil: Date | null } | null,
  transaction: Transaction,
): Promise<boolean> {
  const { count } = await transaction.keyPair.updateMany({
    where: { id: keyPairId, organizationId, ...onlyWhile },
    data: { sealedPrivateKey: null },
  });
  return count === 1;
}

/**
 * Raises the signed-until horizon of a pair in one statement that can never lower it, and answers with the stored one:
 * null when the private half is destroyed.
 */
export async function raiseSignedUntil(organizationId: string, keyPairId: string, horizon: Date): Promise<Date | null> {
  const { count } = await writeAlone((db) =>
    db.keyPair.updateMany({
      where: {
        id: keyPairId,
        organizationId,
        sealedPrivateKey: { not: null },
        OR: [{ signedUntil: null }, { signedUntil: { lt: horizon } }],
      },
      data: { signedUntil: horizon },
    }),
  );
  if (count === 1) return horizon;
  const row = await database().keyPair.findFirst({
    where: { id: keyPairId, organizationId, sealedPrivateKey: { not: null } },
    select: { signedUntil: true },
  });
  return row?.signedUntil ?? null;
}

function toSigningKey(row: JoinedRow): SigningKey {
  const algorithm = row.algorithm as SigningAlgorithm;
  const publicJwk = readPublicJwk(JSON.parse(row.publicJwk), ALGORITHMS[algorithm]);
  return { ...row, state: row.state as SigningKeyState, algorithm, publicJwk };
}

function toSigningMaterial(
  row: NonNullable<Awaited<ReturnType<Transaction["keyPair"]["findFirst"]>>>,
): SigningMaterial | null {
  if (row.sealedPrivateKey === null) return null;
  return {
    keyPairId: row.id,
    kid: row.kid,
    algorithm: row.algorithm as SigningAlgorithm,
    sealedPrivateKey: row.sealedPrivateKey,
    signedUntil: row.signedUntil,
  };
}
