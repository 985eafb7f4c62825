// Reads a token request: its form, and the client's credentials from the header or the form, never from both.
import { isRefusal, type Refusal, refuse } from "./oauth-error.ts";

const MAXIMUM_FORM_BYTES = 16 * 1024;
const FORM_MEDIA_TYPE = "application/x-www-form-urlencoded";
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** The credentials of a client as it sent them; the secret is empty where there was none. */
export type ClientCredentials = { clientId: string; clientSecret: string };

/** A token request: who asks for which grant, and the whole form. */
export type TokenRequest = ClientCredentials & { grantType: string; form: ReadonlyMap<string, string> };

/** The form, the client and what it wants, or why they cannot be read. */
export function readTokenRequest(request: {
  contentType: string | undefined;
  authorization: string | undefined;
  body: Uint8Array;
}): TokenRequest | Refusal {
  const form = readForm(request.contentType, request.body);
  if (isRefusal(form)) return form;
  const credentials = readCredentials(request.authorization, form);
  if (isRefusal(credentials)) return credentials;
  const grantType = form.get("grant_type");
  if (grantType === undefined) return refuse("invalid_request", "The parameter grant_type is missing.");
  return { ...credentials, grantType, form };
}

/**
 * The parameters of a form; one without a value counts as left out, one given twice is refused.
 * @see RFC 6749 section 3.2 and appendix B
 */
export function readForm(contentType: string | undefined, body: Uint8Array): Map<string, string> | Refusal {
  if (!isFormMediaType(contentType)) {
    return refuse("invalid_request", `The Content-Type must be ${FORM_MEDIA_TYPE}.`, 415);
  }
  if (body.length > MAXIMUM_FORM_BYTES) {
    return refuse("invalid_request", `The form is larger than ${MAXIMUM_FORM_BYTES} bytes.`, 413);
  }
  const form = new Map<string, string>();
  const text = Buffer.from(body.buffer, body.byteOffset, body.length).toString("utf8");
  for (const pair of text.split("&")) {
    if (pair === "") continue;
    const separator = pair.indexOf("=");
    const name = decodeFormText(separator === -1 ? pair : pair.slice(0, separator));
    const value = separator === -1 ? "" : decodeFormText(pair.slice(separator + 1));
    if (name === null || value === null) return refuse("invalid_request", "The form is not well encoded.");
    if (form.has(name)) return refuse("invalid_request", "A parameter is given twice.");
    form.set(name, value);
  }
  for (const [name, value] of form) if (value === "") form.delete(name);
  return form;
}

function isFormMediaType(contentType: string | undefined): boolean {
  if (contentType === FORM_MEDIA_TYPE) return true;
  const [mediaType, ...parameters] = (contentType ?? "").toLowerCase().split(";");
  return (
    mediaType?.trim() === FORM_MEDIA_TYPE &&
    parameters.every((parameter) => ["charset=utf-8", 'charset="utf-8"', ""].includes(parameter.trim()))
  );
}

/** The text behind form encoding, or null when it is not well encoded or cannot be anything of ours. */
function decodeFormText(encoded: string): string | null {
  let text = encoded;
  if (encoded.includes("%") || encoded.includes("+")) {
    try {
      text = decodeURIComponent(encoded.replaceAll("+", " "));
    } catch {
      return null;
    }
  }
  return text.includes("\0") || text.includes("\uFFFD") ? null : text;
}

/** What a client says it is, by the header or the form, never by both. @see RFC 6749 section 2.3.1 */
export function readCredentials(
  authorization: string | undefined,
  form: Map<string, string>,
): ClientCredentials | Refusal {
  const clientId = form.get("client_id");
  const clientSecret = form.get("client_secret");
  if (authorization === undefined) {
    if (clientId !== undefined) return { clientId, clientSecret: clientSecret ?? "" };
    return refuse("invalid_client", "The client did not authenticate.", 401);
  }
  if (clientSecret !== undefined) return refuse("invalid_request", "The client authenticated in two ways.");
  const credentials = readBasic(authorization);
  if (credentials === null) return refuse("invalid_client", "The Authorization header cannot be read.", 401);
  if (clientId !== undefined && clientId !== credentials.clientId) {
    return refuse("invalid_request", "The form names another client than the Authorization header.");
  }
  return credentials;
}

/** Both halves are form-encoded before base64. @see RFC 6749 section 2.3.1 */
function readBasic(authorization: string): ClientCredentials | null {
  if (authorization.slice(0, 6).toLowerCase() !== "basic ") return null;
  const encoded = authorization.slice(6).trim();
  if (!BASE64.test(encoded)) return null;
  const decoded = Buffer.from(encoded, "base64").toString("utf8");
  const separator = decoded.indexOf(":");
  if (separator < 1) return null;
  const clientId = decodeFormText(decoded.slice(0, separator));
  const clientSecret = decodeFormText(decoded.slice(separator + 1));
  return clientId === null || clientSecret === null ? null : { clientId, clientSecret };
}
