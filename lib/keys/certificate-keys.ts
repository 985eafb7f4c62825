import "server-only";
// The door for certificates: puts their key pairs into storage, sealed, and lets one sign a new certificate over itself.
import { ALGORITHMS, type KeyType } from "../crypto/algorithms.ts";
import { jwkThumbprint, type PublicJwk, toPublicKeyDer } from "../crypto/jwk.ts";
import type { KeyPairMaterial } from "../crypto/key-pair.ts";
import type { Transaction } from "../db/client.ts";
import { AppError } from "../errors.ts";
import { findPair, findPairByKid, insertPair, restorePrivateKey } from "./certificate-key-repository.ts";
import { sealPrivateKey, withPrivateKeyDer } from "./vault.ts";

/** A pair that is proved, with its private half in the clear; whoever holds it wipes it. */
export type CertificateKey = { material: KeyPairMaterial; type: KeyType; publicJwk: PublicJwk };

/**
 * Stores a pair and answers with the id of its row. A pair that the organization has already is used again; if its
 * private half was destroyed, it gets it back.
 * @throws certificate.duplicate when it is one of the organization's signing keys
 */
export async function storeCertificateKey(
  organizationId: string,
  { material, type, publicJwk }: CertificateKey,
  now: Date,
  transaction: Transaction,
): Promise<string> {
  const kid = jwkThumbprint(publicJwk);
  const stored = await findPairByKid(organizationId, kid, transaction);
  if (stored?.isSigningKey) {
    throw new AppError(
      "certificate.duplicate",
      "This key is or was a signing key of the organization; use another one.",
    );
  }
  const id = stored?.id ?? crypto.randomUUID();
  if (stored !== null && stored.sealedPrivateKey !== null) return id;
  // A copy: the transaction may run more than once, and sealing wipes what it gets.
  const sealedPrivateKey = sealPrivateKey({ organizationId, keyPairId: id }, Buffer.from(material.privateKeyDer));
  if (stored !== null) {
    await restorePrivateKey(organizationId, { id, sealedPrivateKey }, transaction);
    return id;
  }
  const { algorithm, rsaBits } = type;
  const pair = { id, kid, algorithm: algorithm.name, rsaBits, publicJwk, sealedPrivateKey, createdAt: now };
  await insertPair(organizationId, pair, transaction);
  return id;
}

/**
 * Lends a stored pair to `use`, and wipes the private half afterwards.
 * @throws key.not_found key.destroyed seal.unreadable seal.wrong_master_key
 */
export async function withCertificateKey<Result>(
  organizationId: string,
  keyPairId: string,
  use: (key: CertificateKey) => Promise<Result>,
): Promise<Result> {
  const pair = await findPair(organizationId, keyPairId);
  if (pair === null) throw new AppError("key.not_found", "There is no such key pair.");
  if (pair.sealedPrivateKey === null) throw new AppError("key.destroyed", "The private half of this key is destroyed.");
  const type: KeyType = { algorithm: ALGORITHMS[pair.algorithm], rsaBits: pair.rsaBits };
  const publicKeyDer = toPublicKeyDer(pair.publicJwk);
  return withPrivateKeyDer({ organizationId, keyPairId }, pair.sealedPrivateKey, (privateKeyDer) =>
    use({ material: { privateKeyDer, publicKeyDer }, type, publicJwk: pair.publicJwk }),
  );
}
