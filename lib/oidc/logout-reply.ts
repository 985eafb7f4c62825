import "server-only";
// Turns what comes of a request to sign out into what the browser gets.
import { type BrowserCall, seeOther } from "../http/browser-route.ts";
import type { EndpointResponse } from "../http/endpoint.ts";
import { plainPage } from "../http/plain-page.ts";
import { LOGOUT_PARAMETERS } from "./authorization-parameters.ts";
import { startLogout } from "./logout-service.ts";

/**
 * `GET` and `POST /orgs/{orgId}/oauth/logout`; `endSession` ends the session of this browser. A form that another site
 * posted comes without the session's cookie, so that it is asked again by a plain navigation.
 * @see OpenID Connect RP-Initiated Logout 1.0 section 2
 */
export async function answerLogout(
  { organizationId, given, isPosted, isOwnForm, browser, now }: BrowserCall,
  endSession: () => Promise<void>,
): Promise<EndpointResponse> {
  if (isPosted && !isOwnForm) return seeOther(`/orgs/${organizationId}/oauth/logout?${known(given)}`);
  const isConfirmed = isOwnForm && given.get("decision") === "sign_out";
  const outcome = await startLogout(organizationId, { given, isConfirmed }, browser.person, now);
  if (outcome.kind === "page") return seeOther(outcome.path);
  if (outcome.kind === "done") {
    if (browser.person !== null) await endSession();
    return seeOther(outcome.location);
  }
  return plainPage({
    status: 400,
    title: "This sign-out cannot go on",
    message: outcome.message,
    link: { href: `/orgs/${organizationId}/oauth/logout/confirm`, text: "Sign out here" },
  });
}

function known(given: URLSearchParams): URLSearchParams {
  return new URLSearchParams([...given].filter(([name]) => LOGOUT_PARAMETERS.some((parameter) => parameter === name)));
}
