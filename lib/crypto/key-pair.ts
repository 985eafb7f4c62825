// Makes key pairs, and lets private keys be used but not taken out again; refuses weak and oddly encoded ones.
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPair as generate,
  type KeyObject,
  sign as signWithKey,
} from "node:crypto";
import { AppError } from "../errors.ts";
import type { Algorithm, KeyType } from "./algorithms.ts";

/** What an RSA key must be, wherever it comes from. */
export const RSA_RULES = { minimumRsaBits: 2048, maximumRsaBits: 8192, rsaExponent: 65_537n } as const;

const { minimumRsaBits, maximumRsaBits, rsaExponent } = RSA_RULES;
/** DER of version 0: in PKCS#8, and in an RSA key that has two primes. */
const VERSION_0 = Buffer.from("020100", "hex");
/** DER of the algorithm identifiers that are accepted, byte by byte: a curve stands there by name, never as parameters. */
const ALGORITHM_IDENTIFIERS = {
  RSA: Buffer.from("300d06092a864886f70d0101010500", "hex"),
  "P-256": Buffer.from("301306072a8648ce3d020106082a8648ce3d030107", "hex"),
  "P-384": Buffer.from("301006072a8648ce3d020106052b81040022", "hex"),
  "P-521": Buffer.from("301006072a8648ce3d020106052b81040023", "hex"),
} as const;

const RSA_2048_SIGNING_COST = 500;
const EC_SIGNING_COSTS = { "P-256": 50, "P-384": 1300, "P-521": 2400 } as const;

const DER_ENCODING = {
  privateKeyEncoding: { type: "pkcs8", format: "der" },
  publicKeyEncoding: { type: "spki", format: "der" },
} as const;

/** Both halves of a pair in DER: PKCS#8 (never stored or sent unsealed) and SubjectPublicKeyInfo. */
export type KeyPairMaterial = { privateKeyDer: Buffer; publicKeyDer: Buffer };

/** A public key, ready to verify with. */
export type PublicKey = KeyObject;

/** A private key that can sign and nothing else: it has no way out, not by JSON, logging or export. */
export class PrivateKey {
  readonly algorithm: Algorithm;
  /** About how long one signature keeps a core busy, in microseconds: for weighing keys against each other. */
  readonly signingCost: number;
  readonly #key: KeyObject;

  constructor(key: KeyObject, algorithm: Algorithm) {
    this.#key = key;
    this.algorithm = algorithm;
    this.signingCost = signingCostOf(key, algorithm);
  }

  /** The JWS signature over `data`, made on the thread pool; ECDSA as R and S side by side. @see RFC 7518 section 3 */
  sign(data: Uint8Array): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      signWithKey(this.algorithm.hash, data, { key: this.#key, dsaEncoding: "ieee-p1363" }, (error, signature) => {
        if (error) reject(error);
        else resolve(signature);
      });
    });
  }
}

/** As measured with OpenSSL 3; RSA grows with the cube of its length. */
function signingCostOf(key: KeyObject, algorithm: Algorithm): number {
  if (algorithm.family === "EC") return EC_SIGNING_COSTS[algorithm.curve];
  const bits = key.asymmetricKeyDetails?.modulusLength ?? maximumRsaBits;
  return Math.ceil(RSA_2048_SIGNING_COST * (bits / minimumRsaBits) ** 3);
}

/** Makes a pair on the thread pool. RSA takes from 0.1 s (2048 bits) to several seconds (4096). */
export function generateKeyPair({ algorithm, rsaBits }: KeyType): Promise<KeyPairMaterial> {
  return new Promise((resolve, reject) => {
    const done = (error: Error | null, publicKeyDer: Buffer, privateKeyDer: Buffer): void => {
      if (error) reject(error);
      else resolve({ privateKeyDer, publicKeyDer });
    };
    if (algorithm.family === "RSA") {
      generate("rsa", { modulusLength: rsaBits ?? algorithm.defaultBits, ...DER_ENCODING }, done);
    } else {
      generate("ec", { namedCurve: algorithm.opensslCurve, ...DER_ENCODING }, done);
    }
  });
}

/**
 * Opens a PKCS#8 key for signing.
 * @throws key.unacceptable when it is not a sound key of this algorithm
 */
export function importPrivateKey(privateKeyDer: Buffer, algorithm: Algorithm): PrivateKey {
  const key = readKey(() => createPrivateKey({ key: privateKeyDer, format: "der", type: "pkcs8" }));
  checkKey(key, algorithm);
  const identifier = identifierOf(algorithm);
  const start = contentStart(privateKeyDer, 0);
  requireBytes(privateKeyDer, start, VERSION_0);
  requireBytes(privateKeyDer, start + VERSION_0.length, identifier);
  if (algorithm.family === "RSA") {
    const inner = contentStart(privateKeyDer, start + VERSION_0.length + identifier.length);
    requireBytes(privateKeyDer, contentStart(privateKeyDer, inner), VERSION_0);
  }
  return new PrivateKey(key, algorithm);
}

/**
 * Opens a SubjectPublicKeyInfo for verifying.
 * @throws key.unacceptable when it is not a sound key of this algorithm
 */
export function importPublicKey(publicKeyDer: Buffer, algorithm: Algorithm): PublicKey {
  const key = readKey(() => createPublicKey({ key: publicKeyDer, format: "der", type: "spki" }));
  checkKey(key, algorithm);
  requireBytes(publicKeyDer, contentStart(publicKeyDer, 0), identifierOf(algorithm));
  return key;
}

function readKey(read: () => KeyObject): KeyObject {
  try {
    return read();
  } catch (error) {
    throw new AppError("key.unacceptable", "This is not a key in DER.", { cause: error });
  }
}

function checkKey(key: KeyObject, algorithm: Algorithm): void {
  const details = key.asymmetricKeyDetails ?? {};
  if (algorithm.family === "EC") {
    if (key.asymmetricKeyType === "ec" && details.namedCurve === algorithm.opensslCurve) return;
    throw new AppError("key.unacceptable", `${algorithm.name} needs an elliptic curve key on ${algorithm.curve}.`);
  }
  if (key.asymmetricKeyType !== "rsa") throw new AppError("key.unacceptable", `${algorithm.name} needs an RSA key.`);
  const bits = details.modulusLength ?? 0;
  if (bits < minimumRsaBits || bits > maximumRsaBits) {
    throw new AppError("key.unacceptable", `An RSA key must have 2048 to 8192 bits; this one has ${bits}.`);
  }
  if ((details.publicExponent ?? 0n) < rsaExponent) {
    throw new AppError("key.unacceptable", "The public exponent of an RSA key must be at least 65537.");
  }
}

function identifierOf(algorithm: Algorithm): Buffer {
  return ALGORITHM_IDENTIFIERS[algorithm.family === "RSA" ? "RSA" : algorithm.curve];
}

/** Where the content of the DER element at `offset` begins. */
function contentStart(der: Buffer, offset: number): number {
  const length = der[offset + 1] ?? 0;
  return offset + 2 + (length < 0x80 ? 0 : length & 0x7f);
}

/** node:crypto reports a curve that is spelled out as parameters under its name, so the bytes themselves are compared. */
function requireBytes(der: Buffer, offset: number, expected: Buffer): void {
  if (der.subarray(offset, offset + expected.length).equals(expected)) return;
  throw new AppError(
    "key.unacceptable",
    "The key must name its curve or be a plain RSA key with two primes; explicit parameters are refused.",
  );
}
