// Reads a private key that somebody pasted: PKCS#1, SEC1 or PKCS#8, encrypted or not; only what is on the list gets through.
import { createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";
import { AppError, isAppError } from "../errors.ts";
import { ALGORITHMS, type KeyType } from "./algorithms.ts";
import { DER, readElements, readOnly } from "./der.ts";
import { MAXIMUM_ROUNDS, refuseCostlyEncryption } from "./encrypted-key.ts";
import { decryptPkcs8 } from "./key-decryption.ts";
import { importPrivateKey, type KeyPairMaterial, RSA_RULES } from "./key-pair.ts";
import { type PemBlock, toPem } from "./pem.ts";

/** A key that was read: both halves in plain DER, and what it can sign with. */
export type ReadPrivateKey = { material: KeyPairMaterial; type: KeyType };

const ENCRYPTED_PKCS8 = "ENCRYPTED PRIVATE KEY";
const PKCS8 = "PRIVATE KEY";
const DER_TYPES: Readonly<Record<string, "pkcs8" | "pkcs1" | "sec1">> = {
  [PKCS8]: "pkcs8",
  [ENCRYPTED_PKCS8]: "pkcs8",
  "RSA PRIVATE KEY": "pkcs1",
  "EC PRIVATE KEY": "sec1",
};
const SIGNING_ALGORITHM_OF_CURVE = { prime256v1: "ES256", secp384r1: "ES384", secp521r1: "ES512" } as const;
const { minimumRsaBits, maximumRsaBits, rsaExponent } = RSA_RULES;
/** FIPS 186-5 section A.1.1: the exponent is below 2^256. */
const MAXIMUM_EXPONENT = 1n << 256n;
/** The primes differ within their first 100 bits; closer ones are found by Fermat's method. */
const PRIME_DISTANCE_BITS = 100;

/** True for the label of any private key, also of kinds that are refused. */
export function isPrivateKeyBlock({ label }: PemBlock): boolean {
  return label === PKCS8 || label.endsWith(` ${PKCS8}`);
}

/**
 * Reads one block. The passphrase of an encrypted key is hashed on the thread pool.
 * @throws certificate.key_encrypted certificate.passphrase_wrong certificate.pem_invalid certificate.key_type_unsupported
 * @throws certificate.curve_unsupported certificate.key_too_weak certificate.key_too_large certificate.key_invalid
 */
export async function readPrivateKeyBlock(block: PemBlock, passphrase: string | undefined): Promise<ReadPrivateKey> {
  const key = await openBlock(block, passphrase);
  const type = keyTypeOfKey(key);
  const privateKeyDer = key.export({ type: "pkcs8", format: "der" });
  const publicKeyDer = createPublicKey(key).export({ type: "spki", format: "der" });
  try {
    importPrivateKey(privateKeyDer, type.algorithm);
  } catch (error) {
    privateKeyDer.fill(0);
    if (!isAppError(error, "key.unacceptable")) throw error;
    throw type.algorithm.family === "EC"
      ? new AppError(
          "certificate.curve_unsupported",
          "The key spells out the parameters of its curve. Name the curve instead: openssl ec -param_enc named_curve.",
          { cause: error },
        )
      : new AppError("certificate.key_type_unsupported", "An RSA key must have exactly two primes.", { cause: error });
  }
  refuseClosePrimes(key, type);
  return { material: { privateKeyDer, publicKeyDer }, type };
}

async function openBlock(block: PemBlock, passphrase: string | undefined): Promise<KeyObject> {
  const type = DER_TYPES[block.label];
  if (type === undefined) {
    throw new AppError(
      "certificate.key_type_unsupported",
      `A block of this kind (${block.label}) cannot be used. ` +
        "Signet takes RSA and EC keys as PKCS#8, PKCS#1 or SEC1.",
    );
  }
  const isLegacyEncrypted = block.headers.some((header) => /^Proc-Type:.*ENCRYPTED/i.test(header));
  if (block.label === ENCRYPTED_PKCS8 || isLegacyEncrypted) return openEncrypted(block, passphrase, isLegacyEncrypted);
  refuseOtherForm(block, type);
  try {
    return createPrivateKey({ key: block.der, format: "der", type });
  } catch (error) {
    throw unreadable(error);
  }
}

async function openEncrypted(block: PemBlock, passphrase: string | undefined, isLegacy: boolean): Promise<KeyObject> {
  if (passphrase === undefined || passphrase === "") {
    throw new AppError("certificate.key_encrypted", "The private key is encrypted. Give its passphrase too.");
  }
  if (!isLegacy) {
    refuseCostlyEncryption(block.der, MAXIMUM_ROUNDS.onThreadPool);
    const der = await decryptPkcs8(block.der, passphrase);
    if (der !== null) return openDecrypted(der);
    refuseCostlyEncryption(block.der, MAXIMUM_ROUNDS.onEventLoop);
  }
  try {
    return isLegacy
      ? createPrivateKey({ key: toPem(block.label, block.der, block.headers), passphrase })
      : createPrivateKey({ key: block.der, format: "der", type: "pkcs8", passphrase });
  } catch (error) {
    // What a wrong passphrase leaves is garbage whose padding fits once in 256 times; of a legacy block, OpenSSL then says
    // that it knows no such key.
    const isGarbage = isLegacy && (error as { code?: string }).code === "ERR_OSSL_UNSUPPORTED";
    throw isGarbage ? wrongPassphrase(error) : unopened(error);
  }
}

/** A wrong passphrase can end in bytes that look decrypted. */
function openDecrypted(der: Buffer): KeyObject {
  try {
    return createPrivateKey({ key: der, format: "der", type: "pkcs8" });
  } catch (error) {
    throw unopened(error);
  } finally {
    der.fill(0);
  }
}

function unopened(error: unknown): AppError {
  if (/unsupported|unknown cipher|fetch/i.test(String((error as { message?: string }).message))) {
    return new AppError(
      "certificate.key_type_unsupported",
      "The private key, or the cipher it is encrypted with, is not supported. Encrypt it with AES: openssl pkcs8 -topk8 -v2 aes256.",
      { cause: error },
    );
  }
  return wrongPassphrase(error);
}

function wrongPassphrase(cause: unknown): AppError {
  return new AppError("certificate.passphrase_wrong", "The passphrase does not open the private key.", { cause });
}

/** A PKCS#1 body under the label of PKCS#8 is read by some programs and not by others, so it gets a clear word. */
function refuseOtherForm({ der }: PemBlock, type: "pkcs8" | "pkcs1" | "sec1"): void {
  const members = readElements(readOnly(der, DER.SEQUENCE).content);
  const isPkcs8 = members[1]?.tag === DER.SEQUENCE;
  if ((type === "pkcs8") === isPkcs8) return;
  throw new AppError(
    "certificate.pem_invalid",
    "The label of the private key does not fit its content: PRIVATE KEY is for PKCS#8, RSA PRIVATE KEY for PKCS#1, EC PRIVATE KEY for SEC1.",
  );
}

function keyTypeOfKey(key: KeyObject): KeyType {
  if (key.asymmetricKeyType === "ec") {
    const curve = key.asymmetricKeyDetails?.namedCurve ?? "";
    const name = SIGNING_ALGORITHM_OF_CURVE[curve as keyof typeof SIGNING_ALGORITHM_OF_CURVE];
    if (name !== undefined) return { algorithm: ALGORITHMS[name], rsaBits: null };
    throw new AppError("certificate.curve_unsupported", "Only the curves P-256, P-384 and P-521 can be used.");
  }
  if (key.asymmetricKeyType !== "rsa") {
    throw new AppError(
      "certificate.key_type_unsupported",
      `A key of the type ${key.asymmetricKeyType ?? "unknown"} cannot be used; only RSA and EC keys can.`,
    );
  }
  return { algorithm: ALGORITHMS.RS256, rsaBits: checkRsa(key) };
}

/** The bits of an RSA key that is strong enough. */
function checkRsa(key: KeyObject): number {
  const { modulusLength: bits = 0, publicExponent: exponent = 0n } = key.asymmetricKeyDetails ?? {};
  if (bits < minimumRsaBits) {
    throw tooWeak(`The RSA key has ${bits} bits; at least ${minimumRsaBits} are needed.`);
  }
  if (bits > maximumRsaBits) {
    throw new AppError(
      "certificate.key_too_large",
      `The RSA key has ${bits} bits; at most ${maximumRsaBits} can be used.`,
    );
  }
  if (exponent < rsaExponent) throw tooWeak("The public exponent of the RSA key is below 65537.");
  if (exponent >= MAXIMUM_EXPONENT || exponent % 2n === 0n) {
    throw new AppError("certificate.key_invalid", "The public exponent of the RSA key is not one that RSA allows.");
  }
  return bits;
}

/** FIPS 186-5 section A.1.3: the primes of a key that somebody else made must not be neighbours. */
function refuseClosePrimes(key: KeyObject, { rsaBits }: KeyType): void {
  if (rsaBits === null) return;
  const { p, q } = key.export({ format: "jwk" });
  const distance = toBigInt(p) - toBigInt(q);
  const needed = 1n << BigInt(Math.floor(rsaBits / 2) - PRIME_DISTANCE_BITS);
  if ((distance < 0n ? -distance : distance) < needed) {
    throw tooWeak("The primes of the RSA key are so close to each other that anybody can find them.");
  }
}

function toBigInt(member: string | undefined): bigint {
  return BigInt(`0x0${Buffer.from(member ?? "", "base64url").toString("hex")}`);
}

function tooWeak(message: string): AppError {
  return new AppError("certificate.key_too_weak", message);
}

function unreadable(error: unknown): AppError {
  if (/unsupported|unknown|invalid curve|group/i.test(String((error as { message?: string }).message))) {
    return new AppError(
      "certificate.key_type_unsupported",
      "The private key cannot be read, or is of a kind that is not supported; only RSA and EC keys are.",
      { cause: error },
    );
  }
  return new AppError("certificate.key_invalid", "The private key is damaged.", { cause: error });
}
