// What stands in an ID token. @see OpenID Connect Core 1.0 section 2
import { ALGORITHMS, type SigningAlgorithm } from "../crypto/algorithms.ts";
import { leftHalfOfHash } from "../crypto/digest.ts";

/** The `typ` of an ID token. */
export const ID_TOKEN_TYPE = "JWT";

/** The claims of an ID token; times in seconds since 1970. What is asked by the scopes profile and email, userinfo tells. */
export type IdTokenClaims = {
  iss: string;
  sub: string;
  aud: string;
  exp: number;
  iat: number;
  auth_time: number;
  nonce?: string;
  at_hash: string;
  sid: string;
};

/** The claims for a person who signed in to a client; `algorithm` is that of the key that will sign them. */
export function toIdTokenClaims(facts: {
  issuer: string;
  clientId: string;
  userId: string;
  sessionId: string;
  authenticatedAt: Date;
  /** Null where the request had none, and for a refreshed token. @see OpenID Connect Core 1.0 section 12.2 */
  nonce: string | null;
  accessToken: string;
  algorithm: SigningAlgorithm;
  iat: number;
  exp: number;
}): IdTokenClaims {
  const { nonce, algorithm, accessToken, authenticatedAt } = facts;
  return {
    iss: facts.issuer,
    sub: facts.userId,
    aud: facts.clientId,
    exp: facts.exp,
    iat: facts.iat,
    auth_time: Math.floor(authenticatedAt.getTime() / 1000),
    ...(nonce === null ? {} : { nonce }),
    at_hash: leftHalfOfHash(ALGORITHMS[algorithm].hash, accessToken),
    sid: facts.sessionId,
  };
}
