import "server-only";
// The introspection endpoint: tells a confidential client whether a token counts now, from memory once it was seen.
import { env } from "../env.ts";
import { isAppError } from "../errors.ts";
import type { Endpoint, EndpointRequest, EndpointResponse } from "../http/endpoint.ts";
import { isPersonalTokenUsable } from "../tokens/service.ts";
import { type ClientDirectory, getClientDirectory, peekClientDirectory } from "./client-directory.ts";
import { readClientRequest } from "./client-request.ts";
import { NO_ORGANIZATION, refuseInOAuthWords } from "./endpoint-refusal.ts";
import { issuerOf } from "./issuer.ts";
import { isRefusal, NO_STORE_HEADERS, refuse, toRefusalResponse } from "./oauth-error.ts";
import { findRefreshGrant } from "./refresh-grants.ts";
import { takeStorageTurn } from "./storage-turns.ts";
import { peekAccessToken, type VerifiedToken, verifyAccessToken } from "./token-verification.ts";

const INACTIVE: EndpointResponse = Object.freeze({
  status: 200,
  headers: Object.freeze({ ...NO_STORE_HEADERS }),
  body: '{"active":false}',
});

/** What is said of a token does not change while it is remembered. */
const answers = new WeakMap<VerifiedToken, EndpointResponse>();

/** `POST /orgs/{orgId}/oauth/introspect`. @see RFC 7662 */
export const introspectionEndpoint: Endpoint = {
  methods: ["POST"],
  answer: answerIntrospection,
  refuse: refuseInOAuthWords,
};

function answerIntrospection(request: EndpointRequest): EndpointResponse | Promise<EndpointResponse> {
  const organizationId = request.params.orgId ?? "";
  const clients = peekClientDirectory(organizationId);
  if (clients) return introspect(request, organizationId, clients);
  return loadAndIntrospect(request, organizationId);
}

async function loadAndIntrospect(request: EndpointRequest, organizationId: string): Promise<EndpointResponse> {
  const clients = await getClientDirectory(organizationId);
  if (clients === null) return toRefusalResponse(NO_ORGANIZATION);
  return introspect(request, organizationId, clients);
}

function introspect(
  request: EndpointRequest,
  organizationId: string,
  clients: ClientDirectory,
): EndpointResponse | Promise<EndpointResponse> {
  const asked = readClientRequest(request, clients);
  if (isRefusal(asked)) return toRefusalResponse(asked);
  if (!asked.client.isConfidential) {
    return toRefusalResponse(refuse("invalid_client", "A client without a secret may not ask this.", 401));
  }
  const token = asked.form.get("token");
  if (token === undefined) return toRefusalResponse(refuse("invalid_request", "The parameter token is missing."));
  const now = new Date();
  const known = peekAccessToken(organizationId, token, now);
  if (known === null) return INACTIVE;
  if (known !== undefined && !known.isPersonal) return answerFor(known);
  return describeLater(organizationId, token, now);
}

async function describeLater(organizationId: string, token: string, now: Date): Promise<EndpointResponse> {
  if (!token.includes(".")) return describeRefreshToken(organizationId, token, now);
  try {
    const verified = await verifyAccessToken(organizationId, token, now);
    const { jti, sub } = verified.claims;
    const isUsable =
      !verified.isPersonal || (await isPersonalTokenUsable(organizationId, { id: jti, userId: sub }, now));
    return isUsable ? answerFor(verified) : INACTIVE;
  } catch (error) {
    if (isAppError(error, "auth.invalid_token")) return INACTIVE;
    throw error;
  }
}

/** The allow-list of an access token. @see RFC 7662 section 2.2 */
function answerFor(token: VerifiedToken): EndpointResponse {
  let answer = answers.get(token);
  if (answer === undefined) {
    const { iss, sub, client_id, aud, exp, iat, jti, scope } = token.claims;
    const said = { active: true, token_type: "Bearer", iss, sub, client_id, aud, exp, iat, jti, scope };
    answer = Object.freeze({
      status: 200,
      headers: Object.freeze({ ...NO_STORE_HEADERS }),
      body: JSON.stringify(said),
    });
    answers.set(token, answer);
  }
  return answer;
}

/** A refresh token is used once an hour or so, which a query may cost. */
async function describeRefreshToken(organizationId: string, token: string, now: Date): Promise<EndpointResponse> {
  const grant = await takeStorageTurn(organizationId, () => findRefreshGrant(organizationId, token, now));
  if (grant === null || !grant.isActive) return INACTIVE;
  const said = {
    active: true,
    iss: issuerOf(env().publicUrl, organizationId),
    sub: grant.subject,
    client_id: grant.clientId,
    exp: Math.floor(grant.expiresAt.getTime() / 1000),
    iat: Math.floor(grant.issuedAt.getTime() / 1000),
    scope: grant.scope,
  };
  return { status: 200, headers: NO_STORE_HEADERS, body: JSON.stringify(said) };
}
