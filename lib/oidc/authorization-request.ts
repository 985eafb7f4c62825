// Checks an authorization request against what its client registered, before anybody is asked anything. @see RFC 6749 section 4.1.1
import type { OidcApplication } from "../applications/application.ts";
import { scopesOfPeople } from "./access-token.ts";
import type { AuthorizationParameters } from "./authorization-parameters.ts";

/** The values of `prompt` that work here. @see OpenID Connect Core 1.0 section 3.1.2.1 */
const PROMPTS = ["none", "login", "consent", "select_account"] as const;
/** One of them. */
export type Prompt = (typeof PROMPTS)[number];

const S256_CHALLENGE = /^[A-Za-z0-9_-]{43}$/;
const LOOPBACK = /^http:\/\/(?:127\.0\.0\.1|\[::1\])(?::\d{1,5})?(?=[/?]|$)/;
const MAXIMUM_NONCE_CHARACTERS = 1024;
const LONGEST_MAX_AGE_DIGITS = 9;

/** The codes of RFC 6749 section 4.1.2.1 and OpenID Connect Core 1.0 section 3.1.2.6. */
export type AuthorizationErrorCode =
  | "invalid_request"
  | "unauthorized_client"
  | "access_denied"
  | "unsupported_response_type"
  | "invalid_scope"
  | "login_required"
  | "consent_required"
  | "interaction_required"
  | "request_not_supported"
  | "request_uri_not_supported"
  | "registration_not_supported";

/** Where the answer goes, once it is certain that the client registered that place. */
export type ReplyTarget = { redirectUri: string; responseMode: "query" | "form_post"; state: string | null };

/** Why the application gets an error instead of a code; `description` is printable ASCII. */
export type AuthorizationRefusal = { error: AuthorizationErrorCode; description: string };

/** What a client asks for, as far as the request itself tells. */
export type AuthorizationRequest = {
  /** The granted scopes with one space between them; what the client may not have is left out. */
  scope: string;
  nonce: string | null;
  codeChallenge: string;
  prompts: ReadonlySet<Prompt>;
  /** Seconds since the person last proved who they are. */
  maxAge: number | null;
};

/** A client as far as its requests are concerned. */
export type AuthorizationClient = Pick<OidcApplication, "grantTypes" | "scopes" | "redirectUris" | "isConfidential">;

/**
 * Where the answer to a request goes; null when the client did not register that place, so that nobody is sent there.
 * @see RFC 9700 section 2.1
 */
export function findReplyTarget(
  { values, repeated }: AuthorizationParameters,
  client: AuthorizationClient,
): ReplyTarget | null {
  const { redirect_uri: redirectUri, response_mode: responseMode, state } = values;
  if (redirectUri === undefined || repeated.includes("redirect_uri")) return null;
  if (!client.redirectUris.some((registered) => isSameAddress(registered, redirectUri, client))) return null;
  return {
    redirectUri,
    responseMode: responseMode === "form_post" ? "form_post" : "query",
    state: state === undefined || repeated.includes("state") ? null : state,
  };
}

/** The very characters, but an installed program may listen at any port of its own machine. @see RFC 8252 section 7.3 */
function isSameAddress(registered: string, asked: string, { isConfidential }: AuthorizationClient): boolean {
  if (registered === asked) return true;
  if (isConfidential || !LOOPBACK.test(registered) || !LOOPBACK.test(asked) || !URL.canParse(asked)) return false;
  return withoutPort(registered) === withoutPort(asked);
}

function withoutPort(address: string): string {
  return address.replace(/^(http:\/\/(?:127\.0\.0\.1|\[::1\]))(?::\d{1,5})?/, "$1");
}

/** What the client asks for, or why it cannot get it. */
export function checkAuthorizationRequest(
  parameters: AuthorizationParameters,
  client: AuthorizationClient,
): AuthorizationRequest | AuthorizationRefusal {
  const { values } = parameters;
  const refusal = refuseShape(parameters) ?? refuseClient(values.response_type, client) ?? refuseProofKey(values);
  if (refusal !== null) return refusal;
  const scopes = chooseScopes(values.scope ?? "", client);
  if (scopes.length === 0) return refuse("invalid_scope", "The scope is missing, or the client may have none of it.");
  const prompts = readPrompts(values.prompt);
  if (prompts === null) return refuse("invalid_request", "The prompt is unknown, or none stands beside others.");
  const maxAge = readMaxAge(values.max_age);
  if (maxAge === undefined) return refuse("invalid_request", "max_age must be a whole number of seconds.");
  const nonce = values.nonce ?? null;
  if (nonce !== null && !isStorable(nonce)) return refuse("invalid_request", "The nonce is too long or not text.");
  return { scope: scopes.join(" "), nonce, codeChallenge: values.code_challenge ?? "", prompts, maxAge };
}

/** True for a refusal among other results. */
export function isAuthorizationRefusal(result: object): result is AuthorizationRefusal {
  return "error" in result;
}

function refuse(error: AuthorizationErrorCode, description: string): AuthorizationRefusal {
  return { error, description };
}

function refuseShape({ values, repeated }: AuthorizationParameters): AuthorizationRefusal | null {
  const [twice] = repeated;
  if (twice !== undefined) return refuse("invalid_request", `The parameter ${twice} is given twice.`);
  if (values.request !== undefined) return refuse("request_not_supported", "Request objects are not supported.");
  if (values.request_uri !== undefined) {
    return refuse("request_uri_not_supported", "Request objects are not supported.");
  }
  if (values.registration !== undefined) {
    return refuse("registration_not_supported", "A client registers with the organization first.");
  }
  return null;
}

function refuseClient(responseType: string | undefined, client: AuthorizationClient): AuthorizationRefusal | null {
  if (responseType === undefined) return refuse("invalid_request", "The parameter response_type is missing.");
  if (responseType !== "code") return refuse("unsupported_response_type", "The response_type must be code.");
  if (client.grantTypes.includes("authorization_code")) return null;
  return refuse("unauthorized_client", "This client may not use the authorization code grant.");
}

/** @see RFC 9700 section 2.1.1: proof keys for every client, and only by their SHA-256 */
function refuseProofKey(values: AuthorizationParameters["values"]): AuthorizationRefusal | null {
  const { code_challenge: challenge, code_challenge_method: method, response_mode: responseMode } = values;
  if (responseMode !== undefined && responseMode !== "query" && responseMode !== "form_post") {
    return refuse("invalid_request", "The response_mode must be query or form_post.");
  }
  if (challenge === undefined) return refuse("invalid_request", "The parameter code_challenge is missing (PKCE).");
  if (method !== "S256") return refuse("invalid_request", "The code_challenge_method must be S256.");
  return S256_CHALLENGE.test(challenge) ? null : refuse("invalid_request", "The code_challenge is not a SHA-256.");
}

/** What is asked for and may be had. The management API's permissions are for machines and personal access tokens alone. */
function chooseScopes(asked: string, client: AuthorizationClient): string[] {
  const allowed = new Set(scopesOfPeople(client.scopes));
  if (!client.grantTypes.includes("refresh_token")) allowed.delete("offline_access");
  return [...new Set(asked.split(" "))].filter((scope) => allowed.has(scope));
}

function readPrompts(prompt: string | undefined): Set<Prompt> | null {
  const asked = new Set((prompt ?? "").split(" ").filter((word) => word !== ""));
  const known = new Set(PROMPTS.filter((word) => asked.has(word)));
  if (known.size !== asked.size) return null;
  return known.has("none") && known.size > 1 ? null : known;
}

/** Undefined when it is no number of seconds. */
function readMaxAge(maxAge: string | undefined): number | null | undefined {
  if (maxAge === undefined) return null;
  return /^\d+$/.test(maxAge) && maxAge.length <= LONGEST_MAX_AGE_DIGITS ? Number(maxAge) : undefined;
}

/** PostgreSQL takes no NUL, and UTF-8 no lone surrogate. */
function isStorable(text: string): boolean {
  return text.length <= MAXIMUM_NONCE_CHARACTERS && !text.includes("\0") && text.isWellFormed();
}
