import "server-only";
// Serves an organization's issuer metadata at both places where clients look for it, ready made per organization.
import { sha256Base64url } from "../crypto/digest.ts";
import { OrganizationCache } from "../db/organization-cache.ts";
import { env } from "../env.ts";
import { AppError } from "../errors.ts";
import type { Endpoint, EndpointRequest, EndpointResponse } from "../http/endpoint.ts";
import { getPublishedAlgorithms } from "../keys/signing.ts";
import { toDiscoveryDocument } from "./discovery.ts";

/** How long others may keep the document, in seconds; as long as the JWKS that it leads to. */
const MAXIMUM_AGE_SECONDS = 900;

type Prepared = { etag: string; full: EndpointResponse; notModified: EndpointResponse; changesAt: number };

const documents = new OrganizationCache<Prepared>(prepare, { endOf: ({ changesAt }) => changesAt });

/**
 * `GET /orgs/{orgId}/.well-known/openid-configuration` and `GET /.well-known/oauth-authorization-server/orgs/{orgId}`.
 * @see OpenID Connect Discovery 1.0 section 4 and RFC 8414 section 3.1
 */
export const discoveryEndpoint: Endpoint = { methods: ["GET"], answer: answerDiscovery };

function answerDiscovery(request: EndpointRequest): EndpointResponse | Promise<EndpointResponse> {
  const organizationId = request.params.orgId ?? "";
  const prepared = documents.peek(organizationId);
  if (prepared) return choose(prepared, request);
  return documents.get(organizationId).then(({ value }) => {
    if (value === null) throw new AppError("organization.not_found", "There is no such organization.");
    return choose(value, request);
  });
}

function choose({ etag, full, notModified }: Prepared, request: EndpointRequest): EndpointResponse {
  const known = request.header("if-none-match");
  if (known === undefined) return full;
  const isKnown = known.split(",").some((candidate) => ["*", etag].includes(candidate.trim().replace(/^W\//, "")));
  return isKnown ? notModified : full;
}

async function prepare(organizationId: string): Promise<Prepared> {
  const { algorithms, changesAt } = await getPublishedAlgorithms(organizationId);
  const body = JSON.stringify(toDiscoveryDocument(env().publicUrl, organizationId, algorithms));
  const etag = `"${sha256Base64url(body)}"`;
  const headers = {
    etag,
    "cache-control": `public, max-age=${MAXIMUM_AGE_SECONDS}`,
    "access-control-allow-origin": "*",
  };
  return {
    etag,
    changesAt,
    full: Object.freeze({ status: 200, headers: { "content-type": "application/json", ...headers }, body }),
    notModified: Object.freeze({ status: 304, headers, body: null }),
  };
}
