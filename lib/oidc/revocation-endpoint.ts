import "server-only";
// The revocation endpoint: a client gives back a token of its own; what it does not know of needs no giving back.
import { isAppError } from "../errors.ts";
import type { Endpoint, EndpointRequest, EndpointResponse } from "../http/endpoint.ts";
import { revokeSession, revokeToken } from "../sessions/revocations.ts";
import { answerBrowserApplications } from "./browser-applications.ts";
import { refuseGuesser } from "./client-authentication.ts";
import { getClientDirectory, type KnownClient, peekClientDirectory } from "./client-directory.ts";
import { readClientRequest } from "./client-request.ts";
import { countGuess } from "./client-throttle.ts";
import { NO_ORGANIZATION, refuseInOAuthWords } from "./endpoint-refusal.ts";
import { isRefusal, NO_STORE_HEADERS, type Refusal, refuse, toRefusalResponse } from "./oauth-error.ts";
import { findRefreshGrant } from "./refresh-grants.ts";
import { takeStorageTurn } from "./storage-turns.ts";
import { verifyAccessToken } from "./token-verification.ts";

/** The body says nothing, but clients that take JSON alone would call an empty one a failure. */
const REVOKED: EndpointResponse = Object.freeze({ status: 200, headers: NO_STORE_HEADERS, body: "{}" });
const NOT_YOURS: Refusal = refuse("invalid_grant", "The token was issued to another client.");
/** What came of it; the client hears the same of both words. */
type Outcome = Refusal | "revoked" | "unknown";

const REASON = "The application gave its refresh token back.";

/** `POST /orgs/{orgId}/oauth/revoke`. @see RFC 7009 */
export const revocationEndpoint: Endpoint = {
  methods: ["POST", "OPTIONS"],
  answer: (request) => answerBrowserApplications(request, answerRevocation),
  refuse: refuseInOAuthWords,
};

async function answerRevocation(request: EndpointRequest): Promise<EndpointResponse> {
  const organizationId = request.params.orgId ?? "";
  const clients = peekClientDirectory(organizationId) ?? (await getClientDirectory(organizationId));
  if (clients === null) return toRefusalResponse(NO_ORGANIZATION);
  const asked = readClientRequest(request, clients);
  if (isRefusal(asked)) return toRefusalResponse(asked);
  const token = asked.form.get("token");
  if (token === undefined) return toRefusalResponse(refuse("invalid_request", "The parameter token is missing."));
  const guessing = refuseGuesser(asked.client, request.remoteAddress);
  if (guessing !== null) return toRefusalResponse(guessing);
  const revoke = token.includes(".") ? revokeAccessToken : revokeRefreshToken;
  const outcome = await takeStorageTurn(organizationId, () => revoke(organizationId, asked.client, token));
  if (outcome === "unknown" && !asked.client.isConfidential) countGuess(request.remoteAddress);
  return typeof outcome === "string" ? REVOKED : toRefusalResponse(outcome);
}

/** Only this token; the sign-in that it came from goes on. Whatever is no valid token of ours any more is revoked already. */
async function revokeAccessToken(organizationId: string, client: KnownClient, token: string): Promise<Outcome> {
  const now = new Date();
  try {
    const { claims } = await verifyAccessToken(organizationId, token, now);
    if (claims.client_id !== client.clientId) return NOT_YOURS;
    await revokeToken(organizationId, { jti: claims.jti, expiresAt: new Date(claims.exp * 1000) }, now);
    return "revoked";
  } catch (error) {
    if (isAppError(error, "auth.invalid_token")) return "unknown";
    throw error;
  }
}

/** The whole sign-in with all its tokens, also by a refresh token that was used already. @see RFC 7009 section 2.1 */
async function revokeRefreshToken(organizationId: string, client: KnownClient, token: string): Promise<Outcome> {
  const now = new Date();
  const grant = await findRefreshGrant(organizationId, token, now);
  if (grant === null) return "unknown";
  if (grant.clientId !== client.clientId) return NOT_YOURS;
  await revokeSession(organizationId, grant.sessionId, now, REASON);
  return "revoked";
}
