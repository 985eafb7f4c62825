import "server-only";
// The JWKS of an organization, and that of the default organization at the root.
import { env } from "../env.ts";
import { AppError } from "../errors.ts";
import type { Endpoint, EndpointRequest, EndpointResponse } from "../http/endpoint.ts";
import { ORGANIZATION_ID } from "../organizations/organization.ts";
import { chooseAnswer, PREFLIGHT } from "./document.ts";
import { getJwksDocument, peekJwksDocument } from "./service.ts";

const METHODS = ["GET", "OPTIONS"] as const;

/** `GET /orgs/{orgId}/.well-known/jwks.json`. @see RFC 7517 section 5 */
export const jwksEndpoint: Endpoint = {
  methods: METHODS,
  answer: (request) => answer(request.params.orgId ?? "", request),
};

/** `GET /.well-known/jwks.json`: the JWKS of the default organization. */
export const defaultJwksEndpoint: Endpoint = {
  methods: METHODS,
  answer: (request) => answer(env().defaultOrganizationId, request),
};

function answer(organizationId: string, request: EndpointRequest): EndpointResponse | Promise<EndpointResponse> {
  if (request.method === "OPTIONS") return PREFLIGHT;
  const document = peekJwksDocument(organizationId, Date.now());
  if (document === undefined) return answerLater(organizationId, request);
  return chooseAnswer(document, request.header("accept-encoding"), request.header("if-none-match"));
}

async function answerLater(organizationId: string, request: EndpointRequest): Promise<EndpointResponse> {
  if (!ORGANIZATION_ID.test(organizationId)) {
    throw new AppError("organization.not_found", "There is no such organization.");
  }
  const document = await getJwksDocument(organizationId);
  return chooseAnswer(document, request.header("accept-encoding"), request.header("if-none-match"));
}
