// Which keys an organization publishes, in which order, and as which JSON.
import { type PublishedJwk, toPublishedJwk } from "../crypto/jwk.ts";
import type { SigningKey } from "../keys/key.ts";

/** A JWK set. @see RFC 7517 section 5 */
export type JwkSet = { keys: PublishedJwk[] };

/** The JWK set of signing keys in the order given; never a private member, each kid once. */
export function toJwkSet(keys: readonly Pick<SigningKey, "kid" | "algorithm" | "publicJwk">[]): JwkSet {
  return { keys: keys.map(({ kid, algorithm, publicJwk }) => toPublishedJwk({ jwk: publicJwk, kid, algorithm })) };
}
