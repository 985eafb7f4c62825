import "server-only";
// Key pairs of certificates in storage: one row per public key, whose private half may go and come back.
import { ALGORITHMS, type SigningAlgorithm } from "../crypto/algorithms.ts";
import { type PublicJwk, readPublicJwk } from "../crypto/jwk.ts";
import { type Statement, sql, type Transaction } from "../db/client.ts";
import { insertRow, readRows } from "../db/statements.ts";
import type { SealedPrivateKey } from "./vault.ts";

/** A pair as it is stored. */
export type StoredPair = {
  id: string;
  kid: string;
  algorithm: SigningAlgorithm;
  rsaBits: number | null;
  publicJwk: PublicJwk;
  /** Null once it is destroyed. */
  sealedPrivateKey: string | null;
  /** True for a pair in one of the slots of the organization's signing key. */
  isSigningKey: boolean;
};

type Row = Omit<StoredPair, "algorithm" | "publicJwk" | "isSigningKey"> & {
  algorithm: string;
  publicJwk: string;
  signingKeyId: string | null;
};

/** The pair with this kid, or null. */
export async function findPairByKid(
  organizationId: string,
  kid: string,
  transaction?: Transaction,
): Promise<StoredPair | null> {
  return findOne(sql`k."organizationId" = ${organizationId} AND k."kid" = ${kid}`, transaction);
}

/** The pair with this id, or null. */
export async function findPair(
  organizationId: string,
  id: string,
  transaction?: Transaction,
): Promise<StoredPair | null> {
  return findOne(sql`k."organizationId" = ${organizationId} AND k."id" = ${id}`, transaction);
}

async function findOne(condition: Statement, transaction?: Transaction): Promise<StoredPair | null> {
  const statement = sql`
    SELECT k."id", k."kid", k."algorithm", k."rsaBits", k."publicJwk", k."sealedPrivateKey", s."id" AS "signingKeyId"
    FROM "KeyPair" k
    LEFT JOIN "SigningKey" s ON s."keyPairId" = k."id"
    WHERE ${condition}`;
  const [row] = await readRows<Row>(statement, transaction);
  return row === undefined ? null : toStoredPair(row);
}

/** Adds a pair. */
export async function insertPair(
  organizationId: string,
  pair: Pick<StoredPair, "id" | "kid" | "algorithm" | "rsaBits" | "publicJwk"> & {
    sealedPrivateKey: SealedPrivateKey;
    createdAt: Date;
  },
  transaction: Transaction,
): Promise<void> {
  const { publicJwk, ...columns } = pair;
  await insertRow("KeyPair", { ...columns, organizationId, publicJwk: JSON.stringify(publicJwk) }, transaction);
}

/** Gives a pair its private half back. */
export async function restorePrivateKey(
  organizationId: string,
  { id, sealedPrivateKey }: { id: string; sealedPrivateKey: SealedPrivateKey },
  transaction: Transaction,
): Promise<void> {
  await transaction.keyPair.updateMany({
    where: { id, organizationId, sealedPrivateKey: null },
    data: { sealedPrivateKey },
  });
}

function toStoredPair({ id, kid, rsaBits, sealedPrivateKey, signingKeyId, ...row }: Row): StoredPair {
  const algorithm = row.algorithm as SigningAlgorithm;
  const publicJwk = readPublicJwk(JSON.parse(row.publicJwk), ALGORITHMS[algorithm]);
  return { id, kid, algorithm, rsaBits, publicJwk, sealedPrivateKey, isSigningKey: signingKeyId !== null };
}
