// Hashes, random values and comparison in constant time.
import { createHmac, hash, randomBytes, randomFillSync, timingSafeEqual } from "node:crypto";

/** SHA-256 in base64url without padding (43 characters). */
export function sha256Base64url(data: string | Uint8Array): string {
  return hash("sha256", data, "base64url");
}

/** The left half of a hash in base64url, as `at_hash` has it. @see OpenID Connect Core 1.0 section 3.1.3.6 */
export function leftHalfOfHash(name: "sha256" | "sha384" | "sha512", data: string): string {
  const digest = hash(name, data, "buffer");
  return digest.toString("base64url", 0, digest.length / 2);
}

/** HMAC-SHA-256, 32 bytes. */
export function hmacSha256(key: Uint8Array, data: string | Uint8Array): Buffer {
  return createHmac("sha256", key).update(data).digest();
}

/** Random bytes of the operating system's generator in base64url; 32 bytes unless told. */
export function randomToken(bytes = 32): string {
  return randomBytes(bytes).toString("base64url");
}

const IDENTIFIER_BYTES = 16;
const identifierStock = Buffer.alloc(256 * IDENTIFIER_BYTES);
let identifiersUsed = identifierStock.length;

/** 128 random bits in base64url, for what is made thousands of times a second: the generator is asked for many at once. */
export function randomIdentifier(): string {
  if (identifiersUsed === identifierStock.length) {
    randomFillSync(identifierStock);
    identifiersUsed = 0;
  }
  const identifier = identifierStock.toString("base64url", identifiersUsed, identifiersUsed + IDENTIFIER_BYTES);
  identifierStock.fill(0, identifiersUsed, identifiersUsed + IDENTIFIER_BYTES);
  identifiersUsed += IDENTIFIER_BYTES;
  return identifier;
}

/** True when both are the same, in a time that tells nothing of where they differ. */
export function constantTimeEqual(left: string | Uint8Array, right: string | Uint8Array): boolean {
  const [one, other] = [Buffer.from(left), Buffer.from(right)];
  return one.length === other.length && timingSafeEqual(one, other);
}
