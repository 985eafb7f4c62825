import "server-only";
// Key pairs of certificates in storage: one row per public key, whose private half may go and come back.
import { ALGORITHMS, type SigningAlgorithm } from "../crypto/algorithms.ts";
import { type PublicJwk, readPublicJwk } from "../crypto/jwk.ts";
import { database, type Transaction } from "../db/client.ts";
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

type Row = NonNullable<Awaited<ReturnType<Transaction["keyPair"]["findFirst"]>>> & {
  signingKey: { id: string } | null;
};

/** The pair with this kid, or null. */
export async function findPairByKid(
  organizationId: string,
  kid: string,
  transaction: Transaction = database(),
): Promise<StoredPair | null> {
  const include = { signingKey: { select: { id: true } } };
  const row = await transaction.keyPair.findFirst({ where: { organizationId, kid }, include });
  return row && toStoredPair(row);
}

/** The pair with this id, or null. */
export async function findPair(
  organizationId: string,
  id: string,
  transaction: Transaction = database(),
): Promise<StoredPair | null> {
  const include = { signingKey: { select: { id: true } } };
  const row = await transaction.keyPair.findFirst({ where: { organizationId, id }, include });
  return row && toStoredPair(row);
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
  await transaction.keyPair.create({ data: { ...columns, organizationId, publicJwk: JSON.stringify(publicJwk) } });
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

function toStoredPair({ id, kid, rsaBits, sealedPrivateKey, signingKey, ...row }: Row): StoredPair {
  const algorithm = row.algorithm as SigningAlgorithm;
  const publicJwk = readPublicJwk(JSON.parse(row.publicJwk), ALGORITHMS[algorithm]);
  return { id, kid, algorithm, rsaBits, publicJwk, sealedPrivateKey, isSigningKey: signingKey !== null };
}
