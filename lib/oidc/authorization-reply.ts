import "server-only";
// Turns what comes of an authorization request into what the browser gets.
import { type BrowserCall, seeOther } from "../http/browser-route.ts";
import type { EndpointResponse } from "../http/endpoint.ts";
import { plainPage } from "../http/plain-page.ts";
import { addToAddress } from "./authorization-response.ts";
import {
  type AuthorizationOutcome,
  decideConsent,
  resumeAuthorization,
  startAuthorization,
} from "./authorization-service.ts";

/** `GET` and `POST /orgs/{orgId}/oauth/authorize`. @see OpenID Connect Core 1.0 section 3.1.2 */
export async function answerAuthorize({
  organizationId,
  given,
  isPosted,
  browser,
  now,
}: BrowserCall): Promise<EndpointResponse> {
  return toResponse(await startAuthorization(organizationId, { given, isPosted }, browser, now));
}

/** `GET /orgs/{orgId}/oauth/resume`: the way on after a sign-in. */
export async function answerResume({ organizationId, given, browser, now }: BrowserCall): Promise<EndpointResponse> {
  return toResponse(await resumeAuthorization(organizationId, given.get("request") ?? "", browser, now));
}

/** `POST /orgs/{orgId}/oauth/resume`: what the person decided on the consent page. */
export async function answerDecision({ organizationId, given, browser, now }: BrowserCall): Promise<EndpointResponse> {
  const handle = given.get("request") ?? "";
  const decision = { handle, isAllowed: given.get("decision") === "allow", token: given.get("token") ?? "" };
  return toResponse(await decideConsent(organizationId, decision, browser, now));
}

function toResponse(outcome: AuthorizationOutcome): EndpointResponse {
  if (outcome.kind === "page") return seeOther(outcome.path);
  if (outcome.kind === "dead_end") {
    return plainPage({ status: 400, title: "This sign-in cannot go on", message: outcome.message });
  }
  const { redirectUri, responseMode, parameters } = outcome.reply;
  if (responseMode === "query") return seeOther(addToAddress(redirectUri, parameters));
  return plainPage({
    status: 200,
    title: "Going back to the application",
    message: "If nothing happens, press the button.",
    form: { action: redirectUri, fields: parameters, button: "Continue" },
  });
}
