// Which keys an organization publishes, in which order, and as which JSON.
import { type PublishedJwk, toPublishedJwk } from "../crypto/jwk.ts";
import type { X509JwkMembers } from "../crypto/x5c.ts";
import type { SigningKey } from "../keys/key.ts";

/** A JWK set. @see RFC 7517 section 5 */
export type JwkSet = { keys: PublishedJwk[] };

/** What is published of a key; one of a managed certificate shows that, too. */
export type PublishedKey = Pick<SigningKey, "kid" | "algorithm" | "publicJwk"> & { certificate?: X509JwkMembers };

/** The JWK set of keys in the order given; never a private member, each kid once. */
export function toJwkSet(keys: readonly PublishedKey[]): JwkSet {
  const byKid = new Map<string, PublishedJwk>();
  for (const { kid, algorithm, publicJwk, certificate } of keys) {
    if (!byKid.has(kid)) byKid.set(kid, toPublishedJwk({ jwk: publicJwk, kid, algorithm, certificate }));
  }
  return { keys: [...byKid.values()] };
}
