// Public keys as JSON Web Keys: made by an allow-list, checked, and named by their thumbprint.
import { createPublicKey } from "node:crypto";
import { AppError } from "../errors.ts";
import type { Algorithm, SigningAlgorithm } from "./algorithms.ts";
import { sha256Base64url } from "./digest.ts";
import { importPublicKey, type PublicKey } from "./key-pair.ts";
import type { X509JwkMembers } from "./x5c.ts";

/** The public members of an RSA key, base64url without padding. @see RFC 7518 section 6.3.1 */
export type RsaPublicJwk = { kty: "RSA"; n: string; e: string };

/** The public members of an elliptic curve key; the coordinates have the full length of the curve. @see RFC 7518 section 6.2.1 */
export type EcPublicJwk = { kty: "EC"; crv: "P-256" | "P-384" | "P-521"; x: string; y: string };

/** A public key without anything that names or restricts it. */
export type PublicJwk = RsaPublicJwk | EcPublicJwk;

/** An entry of a JWKS. @see RFC 7517 section 4 */
export type PublishedJwk = PublicJwk & { use: "sig"; alg: SigningAlgorithm; kid: string } & Partial<X509JwkMembers>;

/**
 * The public JWK of a SubjectPublicKeyInfo.
 * @throws key.unacceptable when it is not a sound key of this algorithm
 */
export function toPublicJwk(publicKeyDer: Buffer, algorithm: Algorithm): PublicJwk {
  return readPublicJwk(importPublicKey(publicKeyDer, algorithm).export({ format: "jwk" }), algorithm);
}

/**
 * Takes the public members out of whatever is given, and checks them.
 * @throws key.unacceptable when they are not a sound key of this algorithm
 */
export function readPublicJwk(members: Readonly<Record<string, unknown>>, algorithm: Algorithm): PublicJwk {
  if (algorithm.family === "RSA") {
    const n = requireOctets(members.n, "n");
    const e = requireOctets(members.e, "e");
    if (members.kty !== "RSA" || n.octets[0] === 0 || e.octets[0] === 0) throw unsound("n or e");
    return { kty: "RSA", n: n.text, e: e.text };
  }
  const x = requireOctets(members.x, "x", algorithm.coordinateBytes);
  const y = requireOctets(members.y, "y", algorithm.coordinateBytes);
  if (members.kty !== "EC" || members.crv !== algorithm.curve) throw unsound("crv");
  return { kty: "EC", crv: algorithm.curve, x: x.text, y: y.text };
}

/** The entry of a key in a JWKS, with its certificate if it has one to show. */
export function toPublishedJwk(key: {
  jwk: PublicJwk;
  kid: string;
  algorithm: SigningAlgorithm;
  certificate?: X509JwkMembers | undefined;
}): PublishedJwk {
  const { kty, ...members } = key.jwk;
  return { kty, use: "sig", alg: key.algorithm, kid: key.kid, ...members, ...key.certificate } as PublishedJwk;
}

/** The SHA-256 thumbprint of a public key, base64url. @see RFC 7638 section 3 */
export function jwkThumbprint(jwk: PublicJwk): string {
  const required =
    jwk.kty === "RSA" ? { e: jwk.e, kty: jwk.kty, n: jwk.n } : { crv: jwk.crv, kty: jwk.kty, x: jwk.x, y: jwk.y };
  return sha256Base64url(JSON.stringify(required));
}

/** The SubjectPublicKeyInfo of a JWK that was checked before. */
export function toPublicKeyDer(jwk: PublicJwk): Buffer {
  return createPublicKey({ key: { ...jwk }, format: "jwk" }).export({ type: "spki", format: "der" });
}

/**
 * Opens a public JWK for verifying.
 * @throws key.unacceptable when it is not a sound key of this algorithm
 */
export function importPublicJwk(jwk: PublicJwk, algorithm: Algorithm): PublicKey {
  try {
    return importPublicKey(toPublicKeyDer(jwk), algorithm);
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError("key.unacceptable", "This JWK is not a key.", { cause: error });
  }
}

function requireOctets(value: unknown, member: string, length?: number): { text: string; octets: Buffer } {
  if (typeof value !== "string") throw unsound(member);
  const octets = Buffer.from(value, "base64url");
  const isExact = octets.length > 0 && octets.toString("base64url") === value;
  if (!isExact || (length !== undefined && octets.length !== length)) throw unsound(member);
  return { text: value, octets };
}

function unsound(member: string): AppError {
  return new AppError("key.unacceptable", `The member ${member} of the JWK is not as RFC 7518 wants it.`);
}
