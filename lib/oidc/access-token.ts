// What stands in an access token, and which scopes a client gets. @see RFC 9068
import { isPermission } from "../auth/permissions.ts";

/** The `typ` of an access token. @see RFC 9068 section 2.1 */
export const ACCESS_TOKEN_TYPE = "at+jwt";

/**
 * What every application may ask of a person, whatever scopes of its own it has.
 * @see OpenID Connect Core 1.0 sections 5.4 and 11
 */
export const PERSON_SCOPES = ["openid", "profile", "email", "offline_access"];

/** What a client is granted: the scopes as one string, and who the token is for. */
export type Grant = { scope: string; audience: string | string[] };

/** The claims of an access token; `iat` and `exp` in seconds since 1970. */
export type AccessTokenClaims = {
  iss: string;
  sub: string;
  client_id: string;
  aud: string | string[];
  exp: number;
  iat: number;
  jti: string;
  /** The session that it belongs to. */
  sid: string;
  scope?: string;
};

/** A grant of these scopes; the management API is an audience only of a token that can do something there. */
export function toGrant(scopes: readonly string[], urls: { issuer: string; management: string }): Grant {
  const audience = scopes.some(isPermission) ? [urls.issuer, urls.management] : urls.issuer;
  return { scope: scopes.join(" "), audience };
}

/** What tokens for people may carry: the management API's permissions are for machines and personal access tokens alone. */
export function scopesOfPeople(scopes: readonly string[]): ReadonlySet<string> {
  return new Set([...PERSON_SCOPES, ...scopes.filter((scope) => !isPermission(scope))]);
}

/** The scopes that a request asks for, or null when one of them is not the client's. @see RFC 6749 section 3.3 */
export function chooseScopes(requested: string, allowed: ReadonlySet<string>): string[] | null {
  const scopes = new Set(requested.split(" "));
  for (const scope of scopes) if (!allowed.has(scope)) return null;
  return [...scopes];
}
