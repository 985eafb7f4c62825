// Checks a request to sign a person out, and where they may be sent afterwards. @see OpenID Connect RP-Initiated Logout 1.0 section 2
import type { OidcApplication } from "../applications/application.ts";
import type { LogoutParameters } from "./authorization-parameters.ts";
import { addToAddress } from "./authorization-response.ts";
import type { IdTokenHint } from "./id-token-hint.ts";

/** Where to go after the sign-out; null means a page of ours. */
export type LogoutDestination = { address: string | null };

/** Why nobody is signed out or sent anywhere. */
export type LogoutRefusal = { message: string };

/**
 * Where the person goes after the sign-out. An address counts only when the client is known, by its ID token or by its id,
 * and has registered these very characters.
 */
export function findLogoutDestination(
  { values, repeated }: LogoutParameters,
  client: Pick<OidcApplication, "clientId" | "postLogoutRedirectUris"> | null,
  hint: IdTokenHint | null,
): LogoutDestination | LogoutRefusal {
  const { client_id: clientId, post_logout_redirect_uri: address, state } = values;
  const [twice] = repeated;
  if (twice !== undefined) return { message: `The application's request has the parameter ${twice} twice.` };
  if (clientId !== undefined && client === null) {
    return { message: "The application that sent you here is not registered with this organization." };
  }
  if (clientId !== undefined && hint !== null && hint.clientId !== clientId) {
    return { message: "The application showed an ID token that another application got." };
  }
  if (address === undefined) return { address: null };
  if (client === null || !client.postLogoutRedirectUris.includes(address)) {
    return { message: "The application asked to send you to an address that it has not registered." };
  }
  return { address: addToAddress(address, state === undefined ? {} : { state }) };
}

/** True for a refusal among other results. */
export function isLogoutRefusal(result: LogoutDestination | LogoutRefusal): result is LogoutRefusal {
  return "message" in result;
}

/** The path of the page that asks, or, when nobody is signed in any more, says that it is done. */
export function logoutPagePath(organizationId: string, parameters: Record<string, string>): string {
  const query = new URLSearchParams(parameters).toString();
  return `/orgs/${organizationId}/oauth/logout/confirm${query === "" ? "" : `?${query}`}`;
}
