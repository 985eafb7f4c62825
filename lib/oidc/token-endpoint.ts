import "server-only";
// The token endpoint: who asks, for which grant; a machine client's tokens need neither Next nor a query on the way.
import type { Endpoint, EndpointRequest, EndpointResponse } from "../http/endpoint.ts";
import { answerBrowserApplications } from "./browser-applications.ts";
import { authenticateClient, refuseGuesser } from "./client-authentication.ts";
import { type ClientDirectory, getClientDirectory, type KnownClient, peekClientDirectory } from "./client-directory.ts";
import { countGuess } from "./client-throttle.ts";
import { exchangeCode } from "./code-exchange.ts";
import { NO_ORGANIZATION, refuseInOAuthWords } from "./endpoint-refusal.ts";
import { grantToMachine, issueMachineToken } from "./machine-tokens.ts";
import { isRefusal, type Refusal, refuse, toRefusalResponse } from "./oauth-error.ts";
import { exchangeRefreshToken } from "./refresh-exchange.ts";
import { readTokenRequest } from "./token-request.ts";
import { type IssuedTokens, toTokenResponse } from "./token-response.ts";

type Exchange = (
  organizationId: string,
  client: KnownClient,
  form: ReadonlyMap<string, string>,
) => Promise<IssuedTokens | Refusal>;

/** The grants of people, which need storage. */
const EXCHANGES = new Map<string, Exchange>([
  ["authorization_code", exchangeCode],
  ["refresh_token", exchangeRefreshToken],
]);
const MACHINE_GRANT = "client_credentials";

/** `POST /orgs/{orgId}/oauth/token` for all three grants. @see RFC 6749 section 3.2 */
export const tokenEndpoint: Endpoint = {
  methods: ["POST", "OPTIONS"],
  answer: (request) => answerBrowserApplications(request, answerTokenRequest),
  refuse: refuseInOAuthWords,
};

function answerTokenRequest(request: EndpointRequest): EndpointResponse | Promise<EndpointResponse> {
  const organizationId = request.params.orgId ?? "";
  const clients = peekClientDirectory(organizationId);
  if (clients) return respond(request, organizationId, clients);
  return loadAndRespond(request, organizationId);
}

async function loadAndRespond(request: EndpointRequest, organizationId: string): Promise<EndpointResponse> {
  const clients = await getClientDirectory(organizationId);
  if (clients === null) return toRefusalResponse(NO_ORGANIZATION);
  return respond(request, organizationId, clients);
}

function respond(
  request: EndpointRequest,
  organizationId: string,
  clients: ClientDirectory,
): EndpointResponse | Promise<EndpointResponse> {
  const asked = readTokenRequest({
    contentType: request.header("content-type"),
    authorization: request.header("authorization"),
    body: request.body,
  });
  if (isRefusal(asked)) return toRefusalResponse(asked);
  const client = authenticateClient(clients, asked, request.remoteAddress);
  if (isRefusal(client)) return toRefusalResponse(client);
  const { grantType, form } = asked;
  const exchange = EXCHANGES.get(grantType);
  if (exchange === undefined && grantType !== MACHINE_GRANT) {
    return toRefusalResponse(refuse("unsupported_grant_type", "There is no such grant type here."));
  }
  if (!client.grantTypes.has(grantType)) {
    return toRefusalResponse(refuse("unauthorized_client", "This client may not use this grant type."));
  }
  if (exchange !== undefined) {
    return exchangeUnlessGuessing(() => exchange(organizationId, client, form), client, request.remoteAddress);
  }
  const grant = grantToMachine(client, form.get("scope"));
  return isRefusal(grant) ? toRefusalResponse(grant) : issueMachineToken(organizationId, client, grant);
}

async function exchangeUnlessGuessing(
  exchange: () => Promise<IssuedTokens | Refusal>,
  client: KnownClient,
  remoteAddress: string,
): Promise<EndpointResponse> {
  const refusal = refuseGuesser(client, remoteAddress);
  if (refusal !== null) return toRefusalResponse(refusal);
  const result = await exchange();
  if (!client.isConfidential && isRefusal(result) && result.error === "invalid_grant") countGuess(remoteAddress);
  return toResponse(result);
}

function toResponse(result: IssuedTokens | Refusal): EndpointResponse {
  return isRefusal(result) ? toRefusalResponse(result) : toTokenResponse(result);
}
