import "server-only";
// The only place that seals and opens private keys, and that knows which master key this process has.
import { ALGORITHMS, type SigningAlgorithm } from "../crypto/algorithms.ts";
import { importPrivateKey, type PrivateKey } from "../crypto/key-pair.ts";
import { type MasterKey, type SealBinding, seal, sealedPrefixOf, toMasterKey, unseal } from "../crypto/seal.ts";
import { env } from "../env.ts";
import { AppError, isAppError } from "../errors.ts";
import { findMasterKeyProbe, hasKeysSealedOtherwise, insertMasterKeyProbe } from "./master-key-repository.ts";

declare const sealed: unique symbol;

/** A private key that only this process's master key opens, and only in the row that it was sealed for. */
export type SealedPrivateKey = string & { readonly [sealed]: true };

/** The row of a key pair: what its sealed half is bound to. */
export type KeyPairPlace = { organizationId: string; keyPairId: string };

const FIELD = "private_key";
const PROBE_BINDING: SealBinding = { organizationId: "", keyPairId: "", field: "master_key_probe" };
const PROBE = "Signet";

/** Seals a PKCS#8 key for its row, and wipes the clear bytes. */
export function sealPrivateKey(place: KeyPairPlace, privateKeyDer: Buffer): SealedPrivateKey {
  try {
    return seal(privateKeyDer, { ...place, field: FIELD }, masterKey()) as SealedPrivateKey;
  } finally {
    privateKeyDer.fill(0);
  }
}

/**
 * Opens the private key of a row for signing.
 * @throws seal.unreadable seal.wrong_master_key when it does not open in this row
 */
export function openPrivateKey(place: KeyPairPlace, stored: string, algorithm: SigningAlgorithm): PrivateKey {
  const privateKeyDer = unseal(stored, { ...place, field: FIELD }, [masterKey()]);
  try {
    return importPrivateKey(privateKeyDer, ALGORITHMS[algorithm]);
  } finally {
    privateKeyDer.fill(0);
  }
}

/**
 * Lends the PKCS#8 bytes of a row to `use`, for signing what takes no {@link PrivateKey} (a certificate), and wipes them.
 * @throws seal.unreadable seal.wrong_master_key when they do not open in this row
 */
export async function withPrivateKeyDer<Result>(
  place: KeyPairPlace,
  stored: string,
  use: (privateKeyDer: Buffer) => Promise<Result>,
): Promise<Result> {
  const privateKeyDer = unseal(stored, { ...place, field: FIELD }, [masterKey()]);
  try {
    return await use(privateKeyDer);
  } finally {
    privateKeyDer.fill(0);
  }
}

/**
 * At start: proves that the master key opens what is stored, and leaves a probe so that the next start can prove it too.
 * @throws seal.wrong_master_key when the database holds keys that were sealed under another one
 */
export async function assertMasterKeyOpens(now: Date = new Date()): Promise<void> {
  const key = masterKey();
  const probe = await findMasterKeyProbe(key.id);
  if (probe !== null && !opensProbe(probe, key)) throw wrongMasterKey();
  if (await hasKeysSealedOtherwise(sealedPrefixOf(key))) throw wrongMasterKey();
  if (probe === null)
    await insertMasterKeyProbe({ id: key.id, probe: seal(Buffer.from(PROBE), PROBE_BINDING, key), now });
}

function opensProbe(probe: string, key: MasterKey): boolean {
  try {
    return unseal(probe, PROBE_BINDING, [key]).toString() === PROBE;
  } catch (error) {
    if (isAppError(error, "seal.unreadable", "seal.wrong_master_key")) return false;
    throw error;
  }
}

function masterKey(): MasterKey {
  return toMasterKey(env().masterKey);
}

function wrongMasterKey(): AppError {
  return new AppError(
    "seal.wrong_master_key",
    "The database holds private keys that were sealed under another master key. " +
      "Start with the SIGNET_MASTER_KEY that sealed them; Signet never makes new keys instead.",
  );
}
