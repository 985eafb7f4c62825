// The answer of the authorization endpoint to the application, by redirect or by a form that posts itself. @see RFC 6749 section 4.1.2
import type { AuthorizationRefusal, ReplyTarget } from "./authorization-request.ts";

/** What goes back to the application, and where to. */
export type AuthorizationReply = {
  redirectUri: string;
  responseMode: ReplyTarget["responseMode"];
  parameters: Record<string, string>;
};

/** The reply with a code. `issuer` tells the client who answers. @see RFC 9207 section 2 */
export function replyWithCode(target: ReplyTarget, code: string, issuer: string): AuthorizationReply {
  return toReply(target, { code }, issuer);
}

/** The reply with an error. @see RFC 6749 section 4.1.2.1 */
export function replyWithError(
  target: ReplyTarget,
  { error, description }: AuthorizationRefusal,
  issuer: string,
): AuthorizationReply {
  return toReply(target, { error, error_description: description }, issuer);
}

function toReply(
  { redirectUri, responseMode, state }: ReplyTarget,
  parameters: Record<string, string>,
  issuer: string,
): AuthorizationReply {
  return {
    redirectUri,
    responseMode,
    parameters: { ...parameters, ...(state === null ? {} : { state }), iss: issuer },
  };
}

/** An address with parameters after its own query; what was registered stays as it is, character by character. */
export function addToAddress(address: string, parameters: Record<string, string>): string {
  const added = new URLSearchParams(parameters).toString();
  if (added === "") return address;
  return `${address}${address.includes("?") ? (/[?&]$/.test(address) ? "" : "&") : "?"}${added}`;
}
