import "server-only";
// Exchanges a refresh token for new tokens and its successor; one that comes twice ends the session. @see RFC 6749 section 6
import { randomToken, sha256Base64url } from "../crypto/digest.ts";
import { transact } from "../db/transaction.ts";
import { revokeSession } from "../sessions/revocations.ts";
import { continueUserSession } from "../sessions/user-sessions.ts";
import { chooseScopes } from "./access-token.ts";
import type { KnownClient } from "./client-directory.ts";
import { type Refusal, refuse } from "./oauth-error.ts";
import { getPerson } from "./people.ts";
import { type PersonTokens, signPersonTokens } from "./person-tokens.ts";
import { decideRefresh, type StoredRefreshToken } from "./refresh-token.ts";
import { claimRefreshToken, findRefreshToken, insertRefreshToken } from "./refresh-token-repository.ts";
import { takeStorageTurn } from "./storage-turns.ts";
import type { IssuedTokens } from "./token-response.ts";

const REUSE_REASON = "A refresh token of it was used a second time.";
const NOT_GOOD = "The refresh token is unknown, used or ended, or was made for another client.";

/** The tokens for a refresh token, or why there are none. @throws storage.unavailable request.too_many */
export async function exchangeRefreshToken(
  organizationId: string,
  client: KnownClient,
  form: ReadonlyMap<string, string>,
  now: Date = new Date(),
): Promise<IssuedTokens | Refusal> {
  const given = form.get("refresh_token");
  if (given === undefined) return refuse("invalid_request", "The parameter refresh_token is missing.");
  const id = sha256Base64url(given);
  const token = await takeStorageTurn(organizationId, () => findRefreshToken(organizationId, id));
  const decision = token === null ? "refuse" : decideRefresh(token, client.applicationId, now);
  if (token !== null && decision === "reuse") await endReused(organizationId, token, now);
  if (token === null || decision !== "rotate") return refuse("invalid_grant", NOT_GOOD);
  const scopes = narrowScopes(token.scope, form.get("scope"), client);
  if (scopes === null) return refuse("invalid_scope", "The person did not grant this scope.");
  // Signed before the token is taken: what fails until then can be tried again with the same token.
  const tokens = await sign(organizationId, client, { token, scopes }, now);
  if (tokens === null) return refuse("invalid_grant", NOT_GOOD);
  const refreshToken = randomToken();
  const outcome = await takeStorageTurn(organizationId, () =>
    rotate(organizationId, { token, tokens, refreshToken }, now),
  );
  if (outcome === "rotated") return { ...tokens, refreshToken };
  if (outcome === "reused") await endReused(organizationId, token, now);
  return refuse("invalid_grant", NOT_GOOD);
}

/** What was granted and still may be, or the part of it that is asked for; null when that is more. */
function narrowScopes(granted: string, asked: string | undefined, client: KnownClient): string[] | null {
  const scopes = granted.split(" ").filter((scope) => client.peopleScopes.has(scope));
  return asked === undefined ? scopes : chooseScopes(asked, new Set(scopes));
}

/** Null when the person is disabled or no member any more. */
async function sign(
  organizationId: string,
  client: KnownClient,
  { token, scopes }: { token: StoredRefreshToken; scopes: string[] },
  now: Date,
): Promise<PersonTokens | null> {
  const { sessionId, userId, authenticatedAt } = token;
  if ((await getPerson(organizationId, userId)) === null) return null;
  return signPersonTokens(organizationId, client, { sessionId, userId, scopes, authenticatedAt, nonce: null }, now);
}

/**
 * Takes the token and adds its successor. The session's row is written first, so that of two that overlap the second waits
 * and then finds the token used; no lock of the whole organization is needed for that.
 */
async function rotate(
  organizationId: string,
  { token, tokens, refreshToken }: { token: StoredRefreshToken; tokens: PersonTokens; refreshToken: string },
  now: Date,
): Promise<"rotated" | "reused" | "ended"> {
  const { sessionId, sessionExpiresAt: expiresAt } = token;
  const use = { id: sessionId, expiresAt, keyPairId: tokens.keyPairId, tokensEndAt: tokens.endsAt };
  return transact(async (transaction) => {
    if (!(await continueUserSession(organizationId, use, now, transaction))) return "ended";
    if (!(await claimRefreshToken(organizationId, token.id, now, transaction))) return "reused";
    const row = { id: sha256Base64url(refreshToken), sessionId, createdAt: now, expiresAt: token.expiresAt };
    await insertRefreshToken(organizationId, row, transaction);
    return "rotated";
  });
}

async function endReused(organizationId: string, { sessionId }: StoredRefreshToken, now: Date): Promise<void> {
  await revokeSession(organizationId, sessionId, now, REUSE_REASON);
}
