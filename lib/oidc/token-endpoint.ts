import "server-only";
// The token endpoint: a client's credentials in, an access token out, with neither Next nor a query on the way.
import { randomIdentifier } from "../crypto/digest.ts";
import type { AppError } from "../errors.ts";
import type { Endpoint, EndpointRequest, EndpointResponse } from "../http/endpoint.ts";
import { toProblem } from "../http/problem.ts";
import { getTokenSigner, peekTokenSigner } from "../keys/signing.ts";
import { extendSession, peekStoredSession } from "../sessions/machine-sessions.ts";
import { ACCESS_TOKEN_TYPE, type AccessTokenClaims, chooseScopes, type Grant, toGrant } from "./access-token.ts";
import { authenticateClient } from "./client-authentication.ts";
import {
  type ClientDirectory,
  certificateKeyPairOf,
  getClientDirectory,
  type KnownClient,
  peekClientDirectory,
} from "./client-directory.ts";
import { isRefusal, NO_STORE_HEADERS, type Refusal, refuse, toRefusalResponse } from "./oauth-error.ts";
import { readTokenRequest } from "./token-request.ts";

const UNKNOWN_CLIENT = "The client is unknown or its secret is wrong.";

type Issuance = { organizationId: string; client: KnownClient; grant: Grant };

/** `POST /orgs/{orgId}/oauth/token` for the client credentials grant. @see RFC 6749 section 4.4 */
export const tokenEndpoint: Endpoint = { methods: ["POST"], answer: answerTokenRequest, refuse: toRefusal };

function answerTokenRequest(request: EndpointRequest): EndpointResponse | Promise<EndpointResponse> {
  const organizationId = request.params.orgId ?? "";
  const clients = peekClientDirectory(organizationId);
  if (clients) return respond(request, organizationId, clients);
  return loadAndRespond(request, organizationId);
}

async function loadAndRespond(request: EndpointRequest, organizationId: string): Promise<EndpointResponse> {
  const clients = await getClientDirectory(organizationId);
  if (clients === null) return toRefusalResponse(refuse("invalid_request", "There is no such organization.", 404));
  return respond(request, organizationId, clients);
}

function respond(
  request: EndpointRequest,
  organizationId: string,
  clients: ClientDirectory,
): EndpointResponse | Promise<EndpointResponse> {
  const granted = readGrant(request, clients);
  if (isRefusal(granted)) return toRefusalResponse(granted);
  return issueToken({ organizationId, ...granted });
}

function readGrant(request: EndpointRequest, clients: ClientDirectory): Pick<Issuance, "client" | "grant"> | Refusal {
  const asked = readTokenRequest({
    contentType: request.header("content-type"),
    authorization: request.header("authorization"),
    body: request.body,
  });
  if (isRefusal(asked)) return asked;
  const client = authenticateClient(clients, asked, request.remoteAddress);
  if (isRefusal(client)) return client;
  if (asked.grantType !== "client_credentials") {
    return refuse("unsupported_grant_type", "Only client_credentials can be used here.");
  }
  if (!client.grantTypes.has(asked.grantType)) {
    return refuse("unauthorized_client", "This client may not use this grant type.");
  }
  if (asked.scope === undefined) return { client, grant: client.fullGrant };
  const scopes = chooseScopes(asked.scope, client.scopes);
  if (scopes === null) return refuse("invalid_scope", "The client may not get this scope.");
  return { client, grant: toGrant(scopes, client) };
}

async function issueToken({ organizationId, client, grant }: Issuance): Promise<EndpointResponse> {
  const now = new Date();
  // Decided for each token, so that a certificate stops signing in the very second in which it ends.
  const keyPairId = certificateKeyPairOf(client, now);
  const signer = peekTokenSigner(organizationId, keyPairId) ?? (await getTokenSigner(organizationId, keyPairId));
  const iat = Math.floor(now.getTime() / 1000);
  const exp = iat + client.tokenExpirySecs;
  const use = {
    applicationId: client.applicationId,
    keyPairId: signer.keyPairId,
    subject: client.clientId,
    expiresAt: new Date(exp * 1000),
  };
  const sid = peekStoredSession(organizationId, use) ?? (await extendSession(organizationId, use, now));
  const claims: AccessTokenClaims = {
    iss: client.issuer,
    sub: client.clientId,
    client_id: client.clientId,
    aud: grant.audience,
    exp,
    iat,
    jti: randomIdentifier(),
    sid,
    ...(grant.scope === "" ? {} : { scope: grant.scope }),
  };
  const token = await signer.sign({
    typ: ACCESS_TOKEN_TYPE,
    claims,
    onOtherKey: async ({ keyPairId }) => {
      await extendSession(organizationId, { ...use, keyPairId }, now);
    },
  });
  return { status: 200, headers: NO_STORE_HEADERS, body: writeTokenBody(token, client.tokenExpirySecs, grant.scope) };
}

/** Neither a compact JWS nor a scope token has a character that JSON would have to escape. */
function writeTokenBody(token: string, expiresIn: number, scope: string): string {
  const end = scope === "" ? "}" : `,"scope":"${scope}"}`;
  return `{"access_token":"${token}","token_type":"Bearer","expires_in":${expiresIn}${end}`;
}

/** Words what the adapter refuses, and what was thrown on the way. */
function toRefusal(error: AppError): EndpointResponse & { body: string } {
  if (error.code === "application.not_found") return toRefusalResponse(refuse("invalid_client", UNKNOWN_CLIENT, 401));
  const { status } = toProblem(error, "");
  if (status < 500) return toRefusalResponse(refuse("invalid_request", error.message, status));
  return toRefusalResponse(refuse(status === 503 ? "temporarily_unavailable" : "server_error", error.message, status));
}
