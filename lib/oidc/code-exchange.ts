import "server-only";
// Exchanges an authorization code for tokens, once; a second attempt ends what the first one began. @see RFC 6749 section 4.1.3
import { randomToken, sha256Base64url } from "../crypto/digest.ts";
import { appendToOrganization } from "../db/transaction.ts";
import { revokeSession } from "../sessions/revocations.ts";
import { startUserSession } from "../sessions/user-sessions.ts";
import { type CodeExchange, decideExchange, type StoredCode } from "./authorization-code.ts";
import { claimAuthorizationCode, findAuthorizationCode, updateCodeSession } from "./authorization-code-repository.ts";
import type { KnownClient } from "./client-directory.ts";
import { isRefusal, type Refusal, refuse } from "./oauth-error.ts";
import { type PersonTokens, signPersonTokens } from "./person-tokens.ts";
import { insertRefreshToken } from "./refresh-token-repository.ts";
import { takeStorageTurn } from "./storage-turns.ts";
import type { IssuedTokens } from "./token-response.ts";

const CODE_VERIFIER = /^[A-Za-z0-9._~-]{43,128}$/;
const REPLAY_REASON = "Its authorization code was used a second time.";
const NOT_GOOD = "The code is unknown, used or ended, or was made for another request.";

type Exchange = CodeExchange & { id: string };
type Redeemed = { tokens: PersonTokens; sessionId: string; refreshToken: string | null };

/** The tokens for a code, or why there are none. @throws storage.unavailable request.too_many */
export async function exchangeCode(
  organizationId: string,
  client: KnownClient,
  form: ReadonlyMap<string, string>,
  now: Date = new Date(),
): Promise<IssuedTokens | Refusal> {
  const exchange = readExchange(client, form);
  if (isRefusal(exchange)) return exchange;
  const { id } = exchange;
  const code = await takeStorageTurn(organizationId, () => findAuthorizationCode(organizationId, id));
  const decision = code === null ? "refuse" : decideExchange(code, exchange, now);
  if (decision === "replay") await endReplayed(organizationId, id, now);
  if (code === null || decision !== "redeem") return refuse("invalid_grant", NOT_GOOD);
  // Signed before the code is taken: what fails until then can be tried again with the same code.
  const redeemed = await sign(organizationId, client, code, now);
  if (await takeStorageTurn(organizationId, () => redeem(organizationId, client, { code, redeemed }, now))) {
    return { ...redeemed.tokens, refreshToken: redeemed.refreshToken };
  }
  await endReplayed(organizationId, id, now);
  return refuse("invalid_grant", NOT_GOOD);
}

function readExchange(client: KnownClient, form: ReadonlyMap<string, string>): Exchange | Refusal {
  const code = form.get("code");
  const redirectUri = form.get("redirect_uri");
  const verifier = form.get("code_verifier");
  if (code === undefined) return refuse("invalid_request", "The parameter code is missing.");
  if (redirectUri === undefined) return refuse("invalid_request", "The parameter redirect_uri is missing.");
  if (verifier === undefined) return refuse("invalid_request", "The parameter code_verifier is missing.");
  if (!CODE_VERIFIER.test(verifier)) return refuse("invalid_grant", NOT_GOOD);
  const { applicationId } = client;
  return { id: sha256Base64url(code), applicationId, redirectUri, challengeOfVerifier: sha256Base64url(verifier) };
}

async function sign(organizationId: string, client: KnownClient, code: StoredCode, now: Date): Promise<Redeemed> {
  const { userId, authenticatedAt, nonce } = code;
  const sessionId = crypto.randomUUID();
  const scopes = code.scope.split(" ").filter((scope) => client.peopleScopes.has(scope));
  const grant = { sessionId, userId, scopes, authenticatedAt, nonce };
  const tokens = await signPersonTokens(organizationId, client, grant, now);
  return { tokens, sessionId, refreshToken: client.grantTypes.has("refresh_token") ? randomToken() : null };
}

/** Takes the code and begins the session, or answers false because somebody was faster or the person has just left. */
async function redeem(
  organizationId: string,
  client: KnownClient,
  { code, redeemed }: { code: StoredCode; redeemed: Redeemed },
  now: Date,
): Promise<boolean> {
  const { id, applicationId, userId, authenticatedAt } = code;
  const { sessionId, refreshToken, tokens } = redeemed;
  const refreshEnd = new Date(now.getTime() + client.refreshTokenExpirySecs * 1000);
  const session = {
    id: sessionId,
    ...{ applicationId, userId, scope: tokens.scope, authenticatedAt },
    expiresAt: refreshToken === null ? tokens.endsAt : refreshEnd,
    keyPairId: tokens.keyPairId,
    tokensEndAt: tokens.endsAt,
  };
  return appendToOrganization(organizationId, async (transaction) => {
    if (!(await claimAuthorizationCode(organizationId, id, now, transaction))) return false;
    await startUserSession(organizationId, session, now, transaction);
    await updateCodeSession(organizationId, { id, sessionId }, transaction);
    if (refreshToken !== null) {
      const row = { id: sha256Base64url(refreshToken), sessionId, createdAt: now, expiresAt: refreshEnd };
      await insertRefreshToken(organizationId, row, transaction);
    }
    return true;
  });
}

/** Somebody holds a code that was used before: whoever used it first loses what came of it. @see RFC 9700 section 4.5 */
async function endReplayed(organizationId: string, id: string, now: Date): Promise<void> {
  const sessionId = (await findAuthorizationCode(organizationId, id))?.sessionId ?? null;
  if (sessionId !== null) await revokeSession(organizationId, sessionId, now, REPLAY_REASON);
}
