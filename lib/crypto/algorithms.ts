// The one table of signing algorithms: what each needs of its key, its hash and its encoding.
import { AppError } from "../errors.ts";

/** The JWS name of a signing algorithm. @see RFC 7518 section 3.1 */
export type SigningAlgorithm = "RS256" | "RS384" | "RS512" | "ES256" | "ES384" | "ES512";

/** RSA modulus lengths on offer, in bits. */
export const RSA_BITS = [2048, 3072, 4096] as const;

/** One RSA modulus length on offer, in bits. */
export type RsaBits = (typeof RSA_BITS)[number];

type Common = {
  name: SigningAlgorithm;
  /** The hash as node:crypto calls it. */
  hash: "sha256" | "sha384" | "sha512";
  /** The hash as Web Crypto calls it. */
  webHash: "SHA-256" | "SHA-384" | "SHA-512";
};

/** RSASSA-PKCS1-v1_5 with one hash. */
export type RsaAlgorithm = Common & { family: "RSA"; defaultBits: RsaBits };

/** ECDSA over the one curve that JWS allows with this hash. @see RFC 7518 section 3.4 */
export type EcAlgorithm = Common & {
  family: "EC";
  curve: "P-256" | "P-384" | "P-521";
  /** The curve as OpenSSL calls it. */
  opensslCurve: "prime256v1" | "secp384r1" | "secp521r1";
  /** Length of one coordinate of a point, in bytes. */
  coordinateBytes: 32 | 48 | 66;
};

/** One row of the table. */
export type Algorithm = RsaAlgorithm | EcAlgorithm;

/** Every algorithm by its JWS name, in the order in which a form offers them. */
export const ALGORITHMS: Readonly<Record<SigningAlgorithm, Algorithm>> = {
  RS256: { name: "RS256", family: "RSA", hash: "sha256", webHash: "SHA-256", defaultBits: 2048 },
  RS384: { name: "RS384", family: "RSA", hash: "sha384", webHash: "SHA-384", defaultBits: 2048 },
  RS512: { name: "RS512", family: "RSA", hash: "sha512", webHash: "SHA-512", defaultBits: 2048 },
  ES256: {
    name: "ES256",
    family: "EC",
    hash: "sha256",
    webHash: "SHA-256",
    curve: "P-256",
    opensslCurve: "prime256v1",
    coordinateBytes: 32,
  },
  ES384: {
    name: "ES384",
    family: "EC",
    hash: "sha384",
    webHash: "SHA-384",
    curve: "P-384",
    opensslCurve: "secp384r1",
    coordinateBytes: 48,
  },
  ES512: {
    name: "ES512",
    family: "EC",
    hash: "sha512",
    webHash: "SHA-512",
    curve: "P-521",
    opensslCurve: "secp521r1",
    coordinateBytes: 66,
  },
};

/** The JWS names of {@link ALGORITHMS}, in the same order. */
export const SIGNING_ALGORITHMS = ["RS256", "RS384", "RS512", "ES256", "ES384", "ES512"] as const;

/** An algorithm with the size of its key: everything that a generator must know. `rsaBits` is null for an EC key. */
export type KeyType = { algorithm: Algorithm; rsaBits: number | null };

/**
 * The row of a JWS name.
 * @throws key.unsupported_algorithm
 */
export function algorithmOf(name: string): Algorithm {
  const algorithm = Object.hasOwn(ALGORITHMS, name) ? ALGORITHMS[name as SigningAlgorithm] : undefined;
  if (algorithm === undefined) {
    throw new AppError("key.unsupported_algorithm", "This signing algorithm is not supported.", {
      details: { supported: SIGNING_ALGORITHMS },
    });
  }
  return algorithm;
}

/**
 * An algorithm with a key size on offer; RSA without a size gets the default one.
 * @throws key.unsupported_algorithm for an unknown name, a size that is not on offer, or a size for an EC key
 */
export function keyTypeOf(name: string, rsaBits?: number | null): KeyType {
  const algorithm = algorithmOf(name);
  if (algorithm.family === "RSA") {
    const bits = rsaBits ?? algorithm.defaultBits;
    if (RSA_BITS.some((offered) => offered === bits)) return { algorithm, rsaBits: bits };
  } else if (rsaBits === undefined || rsaBits === null) {
    return { algorithm, rsaBits: null };
  }
  throw new AppError("key.unsupported_algorithm", `${name} cannot have a key of ${rsaBits} bits.`, {
    details: { supported_rsa_bits: algorithm.family === "RSA" ? RSA_BITS : [] },
  });
}
