// Until when the key of a certificate stands in the JWKS, and which of its certificates stands there for it.
import type { SigningAlgorithm } from "../crypto/algorithms.ts";
import type { PublicJwk } from "../crypto/jwk.ts";

/**
 * How long after a certificate stops being chosen a process may still hand out a token of it, in milliseconds: caches of
 * other machines are at most two seconds old, and whoever has taken a signer by then is long done.
 */
export const STRAGGLER_MILLISECONDS = 60_000;

/** A live certificate of a key pair; `isAssigned` to an OIDC application. */
export type CertificateOfPair = { certificatePem: string; chainPem: string; notAfter: Date; isAssigned: boolean };

/** A key pair with its live certificates. */
export type CertifiedKeyPair = {
  kid: string;
  algorithm: SigningAlgorithm;
  publicJwk: PublicJwk;
  /** No token signed with it expires later; null when it never signed. */
  signedUntil: Date | null;
  /** When an OIDC application last stopped using it; null while none ever did. */
  unassignedAt: Date | null;
  certificates: readonly CertificateOfPair[];
};

/**
 * The moment from which on no token of the pair can be valid or still appear, as far as is known now. Whoever keeps an
 * answer until then must ask again: the horizon may have been raised meanwhile.
 */
export function publishedUntil({ signedUntil, unassignedAt, certificates }: CertifiedKeyPair): Date {
  const choices = certificates.filter(({ isAssigned }) => isAssigned).map(({ notAfter }) => notAfter.getTime());
  if (unassignedAt !== null) choices.push(unassignedAt.getTime());
  const stragglers = choices.map((chosenUntil) => chosenUntil + STRAGGLER_MILLISECONDS);
  return new Date(Math.max(signedUntil?.getTime() ?? 0, 0, ...stragglers));
}

/** The certificate that the JWKS shows for a pair: one that is assigned if there is any, the one that lasts longest. */
export function chooseShownCertificate(certificates: readonly CertificateOfPair[]): CertificateOfPair | null {
  const [first] = [...certificates].sort(
    (one, other) =>
      Number(other.isAssigned) - Number(one.isAssigned) || other.notAfter.getTime() - one.notAfter.getTime(),
  );
  return first ?? null;
}
