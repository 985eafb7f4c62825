import "server-only";
// The keys of certificates that an organization publishes beside its signing keys.
import type { SigningAlgorithm } from "../crypto/algorithms.ts";
import type { PublicJwk } from "../crypto/jwk.ts";
import { toX509JwkMembers, type X509JwkMembers } from "../crypto/x5c.ts";
import { chooseShownCertificate, publishedUntil } from "./publication.ts";
import { findCertifiedKeyPairs } from "./publication-repository.ts";

/** A published key; whoever keeps it asks again at `publishedUntil`. */
export type PublishedCertificateKey = {
  kid: string;
  algorithm: SigningAlgorithm;
  publicJwk: PublicJwk;
  certificate: X509JwkMembers;
  publishedUntil: Date;
};

/**
 * The keys of certificates that sign for an OIDC application, or signed what may still be valid; oldest first. A key is
 * among them from the very transaction on that assigns its certificate, so a JWKS that is fetched after the assignment
 * was answered holds it before the first token. A verifier with an older copy does not know the kid and has to fetch
 * again, as jose and jwks-rsa do by themselves; the wait of a next key does not exist here, because an administrator
 * who assigns a certificate expects the next token to carry it.
 */
export async function listPublishedCertificateKeys(
  organizationId: string,
  now: Date = new Date(),
): Promise<PublishedCertificateKey[]> {
  const pairs = await findCertifiedKeyPairs(organizationId, now);
  return pairs.flatMap((pair) => {
    const shown = chooseShownCertificate(pair.certificates);
    const until = publishedUntil(pair);
    if (shown === null || until <= now) return [];
    const { kid, algorithm, publicJwk } = pair;
    const certificate = toX509JwkMembers(shown.certificatePem, shown.chainPem);
    return [{ kid, algorithm, publicJwk, certificate, publishedUntil: until }];
  });
}

/** The first moment at which one of the keys may have to go, in milliseconds since 1970; Infinity without any. */
export function nextDeparture(keys: readonly Pick<PublishedCertificateKey, "publishedUntil">[]): number {
  return Math.min(Number.POSITIVE_INFINITY, ...keys.map(({ publishedUntil: until }) => until.getTime()));
}
