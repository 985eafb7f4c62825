import "server-only";
// The userinfo endpoint: who the person behind an access token is, as far as its scopes go.
import { isAppError } from "../errors.ts";
import type { Endpoint, EndpointRequest, EndpointResponse } from "../http/endpoint.ts";
import { getClientDirectory, peekClientDirectory } from "./client-directory.ts";
import { NO_ORGANIZATION, refuseInOAuthWords } from "./endpoint-refusal.ts";
import { NO_STORE_HEADERS, toRefusalResponse } from "./oauth-error.ts";
import { getPerson, type Person } from "./people.ts";
import { readForm } from "./token-request.ts";
import { hasAudience, peekAccessToken, type VerifiedToken, verifyAccessToken } from "./token-verification.ts";

const MAXIMUM_TOKEN_CHARACTERS = 8192;
const BEARER = /^Bearer +([A-Za-z0-9._~+/-]+=*) *$/i;
const FORM = /^application\/x-www-form-urlencoded\b/i;
/** A browser application may ask from anywhere, because it has to bring the token itself. */
const CORS_HEADERS = { "access-control-allow-origin": "*", "access-control-expose-headers": "www-authenticate" };

const PREFLIGHT: EndpointResponse = Object.freeze({
  status: 204,
  headers: Object.freeze({
    "access-control-allow-origin": "*",
    "access-control-allow-methods": "GET, POST",
    "access-control-allow-headers": "authorization, content-type",
    "access-control-max-age": "86400",
  }),
  body: null,
});

type BearerErrorCode = "invalid_request" | "invalid_token" | "insufficient_scope";
type BearerRefusal = { status: number; error?: BearerErrorCode; description?: string; scope?: string };

const NO_TOKEN: BearerRefusal = { status: 401 };
const INVALID_TOKEN = refuseToken(401, "invalid_token", "The access token is not valid here.");

/**
 * `GET` and `POST /orgs/{orgId}/oauth/userinfo`.
 * @see OpenID Connect Core 1.0 section 5.3 and RFC 6750
 */
export const userinfoEndpoint: Endpoint = {
  methods: ["GET", "POST", "OPTIONS"],
  answer: (request) => (request.method === "OPTIONS" ? PREFLIGHT : answerUserinfo(request)),
  refuse: (error) => withCors(refuseInOAuthWords(error)),
};

async function answerUserinfo(request: EndpointRequest): Promise<EndpointResponse> {
  const organizationId = request.params.orgId ?? "";
  const clients = peekClientDirectory(organizationId) ?? (await getClientDirectory(organizationId));
  if (clients === null) return withCors(toRefusalResponse(NO_ORGANIZATION));
  const token = readToken(request);
  if (typeof token !== "string") return toBearerResponse(token);
  const verified = await findToken(organizationId, token);
  if (verified === null) return toBearerResponse(INVALID_TOKEN);
  if (!verified.scopes.has("openid")) {
    const refusal = refuseToken(403, "insufficient_scope", "The access token was not granted the scope openid.");
    return toBearerResponse({ ...refusal, scope: "openid" });
  }
  const person = verified.userId === null ? null : await getPerson(organizationId, verified.userId);
  if (person === null) return toBearerResponse(INVALID_TOKEN);
  return {
    status: 200,
    headers: { ...NO_STORE_HEADERS, ...CORS_HEADERS },
    body: JSON.stringify(toClaims(verified, person)),
  };
}

/** Null for one that does not count here; a token for the management API alone tells nobody who its person is. */
async function findToken(organizationId: string, token: string): Promise<VerifiedToken | null> {
  if (token.length > MAXIMUM_TOKEN_CHARACTERS) return null;
  const now = new Date();
  try {
    const known = peekAccessToken(organizationId, token, now);
    const verified = known === undefined ? await verifyAccessToken(organizationId, token, now) : known;
    return verified !== null && hasAudience(verified, verified.claims.iss) ? verified : null;
  } catch (error) {
    if (isAppError(error, "auth.invalid_token")) return null;
    throw error;
  }
}

/** @see OpenID Connect Core 1.0 section 5.4 */
function toClaims({ scopes }: VerifiedToken, { userId, name, email }: Person): Record<string, unknown> {
  return {
    sub: userId,
    ...(scopes.has("profile") ? { name } : {}),
    // Whoever manages members types the address in; nobody has shown yet that it is theirs.
    ...(scopes.has("email") ? { email, email_verified: false } : {}),
  };
}

/** The token from the header or the form, never from both and never from the address. @see RFC 6750 section 2 */
function readToken(request: EndpointRequest): string | BearerRefusal {
  if (request.query.has("access_token")) {
    return refuseToken(400, "invalid_request", "A token does not belong in an address.");
  }
  const authorization = request.header("authorization");
  const inForm = readFormToken(request);
  if (typeof inForm === "object") return inForm;
  if (authorization === undefined) return inForm ?? NO_TOKEN;
  if (inForm !== undefined) return refuseToken(400, "invalid_request", "The token was sent in two ways.");
  if (!/^Bearer(?: |$)/i.test(authorization)) return NO_TOKEN;
  return BEARER.exec(authorization)?.[1] ?? INVALID_TOKEN;
}

function readFormToken({ method, header, body }: EndpointRequest): string | BearerRefusal | undefined {
  const contentType = header("content-type");
  if (method !== "POST" || contentType === undefined || !FORM.test(contentType)) return undefined;
  const form = readForm(contentType, body);
  if (form instanceof Map) return form.get("access_token");
  return refuseToken(form.status, "invalid_request", form.description);
}

function refuseToken(status: number, error: BearerErrorCode, description: string): BearerRefusal {
  return { status, error, description };
}

/** Without a token nothing is said but which scheme there is. @see RFC 6750 section 3 */
function toBearerResponse({ status, error, description, scope }: BearerRefusal): EndpointResponse {
  const words = Object.entries({ realm: "signet", error, error_description: description, scope });
  const challenge = words.flatMap(([name, value]) => (value === undefined ? [] : [`${name}="${value}"`])).join(", ");
  return {
    status,
    headers: { ...NO_STORE_HEADERS, ...CORS_HEADERS, "www-authenticate": `Bearer ${challenge}` },
    body: error === undefined ? "{}" : JSON.stringify({ error, error_description: description }),
  };
}

function withCors<Response extends EndpointResponse>(response: Response): Response {
  return { ...response, headers: { ...response.headers, ...CORS_HEADERS } };
}
