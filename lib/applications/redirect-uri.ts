// Which addresses a client may be sent back to: compared character by character later, so only plain absolute ones come in.
import { isLocalHttpUrl } from "./application.ts";

/** What RFC 3986 allows in a URI without a fragment; browsers disagree about everything else. */
const URI_CHARACTERS = /^[A-Za-z0-9\-._~:/?[\]@!$&'()*+,;=%]+$/;
const PRIVATE_USE_SCHEME = /^[a-z][a-z0-9+-]*(?:\.[a-z0-9+-]+)+:\/[^\s]*$/;

/**
 * True for an absolute address that may be registered: https, http on the machine itself, or a private-use scheme.
 * @see RFC 6749 section 3.1.2, RFC 8252 section 7
 */
export function isRedirectUri(value: string): boolean {
  if (!URI_CHARACTERS.test(value) || !URL.canParse(value)) return false;
  if (isPrivateUseUri(value)) return true;
  const { protocol, username, password, hostname } = new URL(value);
  if (username !== "" || password !== "" || hostname.includes("*")) return false;
  if (!/^https?:\/\/[^/]/i.test(value)) return false;
  return protocol === "https:" || isLocalHttpUrl(value);
}

/** True for an address of an installed program, by a scheme that is a reversed domain name. @see RFC 8252 section 7.1 */
export function isPrivateUseUri(value: string): boolean {
  return PRIVATE_USE_SCHEME.test(value);
}
