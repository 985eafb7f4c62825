import "server-only";
// Tells whether an access token of ours counts at this moment; a token seen before costs neither a signature nor a query.
import { LRUCache } from "lru-cache";
import { sha256Base64url } from "../crypto/digest.ts";
import { type JwtClaims, type VerificationKey, verifyJwt } from "../crypto/jws.ts";
import { env } from "../env.ts";
import { AppError, isAppError } from "../errors.ts";
import { getVerificationKeys, peekVerificationKeys } from "../keys/signing.ts";
import { getRevocations, peekRevocations, type Revocations } from "../sessions/revocations.ts";
import { PORTAL_CLIENT_ID } from "../tokens/token.ts";
import { ACCESS_TOKEN_TYPE } from "./access-token.ts";
import { getClientDirectory, peekClientDirectory } from "./client-directory.ts";
import { issuerOf, managementAudience } from "./issuer.ts";
import { getPerson, peekPerson } from "./people.ts";

/** A signature costs 50 µs to check and a remembered token 2 kB, so only those are worth it that come again and again. */
const MAXIMUM_REMEMBERED = 5000;
const CLOCK_SKEW_SECONDS = 60;

/** The claims that every access token of ours has; times in seconds since 1970. */
export type VerifiedClaims = JwtClaims & {
  iss: string;
  sub: string;
  client_id: string;
  aud: string | string[];
  exp: number;
  iat: number;
  jti: string;
  scope?: string;
  sid?: string;
};

/** A token that counts. The same object for as long as it is remembered. */
export type VerifiedToken = {
  organizationId: string;
  claims: VerifiedClaims;
  /** The user id when a person signed in; null for a machine client, and for a personal access token. */
  userId: string | null;
  isPersonal: boolean;
  scopes: ReadonlySet<string>;
};

/** What a token depends on besides its signature. */
type Surroundings = {
  revocations: Revocations;
  /** Whether its client still exists; true for a personal access token, which has none. */
  hasClient: boolean;
  /** Whether the person has been a member ever since; true where there is none. */
  isMember: boolean;
};

/** Tokens whose signature was right, by their SHA-256, each with the very key object that it was checked with. */
const remembered = new LRUCache<string, { token: VerifiedToken; kid: string; key: VerificationKey }>({
  max: MAXIMUM_REMEMBERED,
});

/**
 * What {@link verifyAccessToken} would say, if everything is at hand: the token, or null for one that does not count.
 * Undefined means: call that.
 */
export function peekAccessToken(organizationId: string, token: string, now: Date): VerifiedToken | null | undefined {
  const found = remembered.get(sha256Base64url(token));
  if (found === undefined) return undefined;
  // Keys are loaded anew with every change of the organization; then the signature is checked anew as well.
  if (peekVerificationKeys(found.token.organizationId)?.get(found.kid) !== found.key) return undefined;
  if (found.token.organizationId !== organizationId) return null;
  const revocations = peekRevocations(organizationId);
  const { userId, isPersonal, claims } = found.token;
  const hasClient = isPersonal || peekClientDirectory(organizationId)?.has(claims.client_id);
  const person = userId === null ? null : peekPerson(organizationId, userId);
  if (!revocations || hasClient === undefined || person === undefined) return undefined;
  const isMember = userId === null || (person?.isMemberAt(momentOf(found.token)) ?? false);
  return isAlive(found.token, { revocations, hasClient, isMember }, now) ? found.token : null;
}

/**
 * An access token that this organization signed, for whatever audience of ours, that is neither expired nor revoked, and
 * whose client and person still exist. Whether a personal access token was revoked its caller has to find out.
 * @throws auth.invalid_token for anything else
 * @see RFC 9068 section 4
 */
export async function verifyAccessToken(
  organizationId: string,
  token: string,
  now: Date = new Date(),
): Promise<VerifiedToken> {
  const known = peekAccessToken(organizationId, token, now);
  const verified = known === undefined ? await verifyAnew(organizationId, token, now) : known;
  if (verified === null) throw invalidToken();
  return verified;
}

/** True when the token is for this audience. */
export function hasAudience({ claims: { aud } }: VerifiedToken, audience: string): boolean {
  return Array.isArray(aud) ? aud.includes(audience) : aud === audience;
}

async function verifyAnew(organizationId: string, token: string, now: Date): Promise<VerifiedToken | null> {
  const hash = sha256Base64url(token);
  const keys = await publishedKeys(organizationId);
  const { publicUrl } = env();
  const issuer = issuerOf(publicUrl, organizationId);
  let used: { kid: string; key: VerificationKey } | undefined;
  const claims = await verifyJwt(token, {
    keys: (kid) => {
      const key = keys.get(kid);
      if (key !== undefined) used = { kid, key };
      return key;
    },
    issuer,
    audience: [issuer, managementAudience(publicUrl)],
    typ: ACCESS_TOKEN_TYPE,
    now,
  });
  const verified = toVerifiedToken(organizationId, claims);
  if (used === undefined || verified === null) return null;
  remembered.set(hash, { token: verified, ...used });
  return isAlive(verified, await findSurroundings(verified), now) ? verified : null;
}

/** The published keys by kid; an organization that does not exist has none. */
async function publishedKeys(organizationId: string): Promise<ReadonlyMap<string, VerificationKey>> {
  try {
    return await getVerificationKeys(organizationId);
  } catch (error) {
    if (isAppError(error, "organization.not_found")) throw invalidToken();
    throw error;
  }
}

function toVerifiedToken(organizationId: string, claims: JwtClaims): VerifiedToken | null {
  if (!hasOurShape(claims)) return null;
  const { sub, client_id: clientId, scope = "" } = claims;
  const isPersonal = clientId === PORTAL_CLIENT_ID;
  const userId = isPersonal || sub === clientId ? null : sub;
  // Every token of a person belongs to a sign-in that can be ended.
  if (userId !== null && claims.sid === undefined) return null;
  return { organizationId, claims, userId, isPersonal, scopes: new Set(scope === "" ? [] : scope.split(" ")) };
}

function hasOurShape(claims: JwtClaims): claims is VerifiedClaims {
  const isOptionalText = (value: unknown): boolean => value === undefined || typeof value === "string";
  return (
    [claims.sub, claims.client_id, claims.jti].every((value) => typeof value === "string" && value !== "") &&
    isOptionalText(claims.scope) &&
    isOptionalText(claims.sid)
  );
}

async function findSurroundings(token: VerifiedToken): Promise<Surroundings> {
  const { organizationId, userId, isPersonal, claims } = token;
  const [revocations, clients, person] = await Promise.all([
    getRevocations(organizationId),
    isPersonal ? null : getClientDirectory(organizationId),
    userId === null ? null : getPerson(organizationId, userId),
  ]);
  const hasClient = isPersonal || (clients?.has(claims.client_id) ?? false);
  return { revocations, hasClient, isMember: userId === null || (person?.isMemberAt(momentOf(token)) ?? false) };
}

/** All of it is asked every time, since a remembered signature says nothing of what happened later. */
function isAlive({ claims }: VerifiedToken, around: Surroundings, now: Date): boolean {
  const seconds = now.getTime() / 1000;
  const notBefore = typeof claims.nbf === "number" ? claims.nbf : claims.iat - CLOCK_SKEW_SECONDS;
  return (
    notBefore <= seconds &&
    seconds < claims.exp &&
    around.hasClient &&
    around.isMember &&
    !around.revocations.isRevoked(claims)
  );
}

/** The last moment of the second in which the token was made. */
function momentOf({ claims }: VerifiedToken): Date {
  return new Date(claims.iat * 1000 + 999);
}

function invalidToken(): AppError {
  return new AppError("auth.invalid_token", "The token is not valid here.");
}
