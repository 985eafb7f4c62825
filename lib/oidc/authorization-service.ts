import "server-only";
// The authorization endpoint's door: takes requests of applications, waits for the person, and answers with a code or an error.
import type { SignedIn } from "../auth/service.ts";
import { constantTimeEqual, sha256Base64url } from "../crypto/digest.ts";
import { env } from "../env.ts";
import { AppError } from "../errors.ts";
import { findOrganizationName } from "../organizations/service.ts";
import { createAuthorizationCode } from "./authorization-codes.ts";
import { decideAuthorization, type NextStep } from "./authorization-decision.ts";
import { consentPath, resumePath, signInPath } from "./authorization-handle.ts";
import { AUTHORIZATION_PARAMETERS, readParameters } from "./authorization-parameters.ts";
import { isAuthorizationRefusal } from "./authorization-request.ts";
import { type AuthorizationReply, replyWithCode, replyWithError } from "./authorization-response.ts";
import { type AuthorizationView, toAuthorizationView } from "./authorization-view.ts";
import { grantConsent, hasConsented } from "./consent.ts";
import { issuerOf } from "./issuer.ts";
import { checkAgainstClient, endRequest, findRequest, keepRequest, type WaitingForPerson } from "./waiting-requests.ts";

/** Who is at the browser, if anybody is signed in, and where the request came from. */
export type AtBrowser = { person: SignedIn | null; address: string; requestId: string };

/** What the browser gets: the application's answer, a page of ours, or the reason why nobody is sent anywhere. */
export type AuthorizationOutcome =
  | { kind: "reply"; reply: AuthorizationReply }
  | { kind: "page"; path: string }
  | { kind: "dead_end"; message: string };

const TOO_LONG = "The application's request is longer than any request needs to be.";
const ENDED = "This request has ended, or it was answered already. Go back to the application and start again.";
/**
 * Takes an authorization request. A form that another site posted comes without the session's cookie, so that it is kept
 * and taken up again by a plain navigation.
 * @throws organization.not_found
 * @throws request.too_many when a network has begun very many
 */
export async function startAuthorization(
  organizationId: string,
  { given, isPosted }: { given: URLSearchParams; isPosted: boolean },
  { person, address }: AtBrowser,
  now: Date = new Date(),
): Promise<AuthorizationOutcome> {
  await requireOrganization(organizationId);
  const parameters = readParameters(AUTHORIZATION_PARAMETERS, given);
  if (parameters === null) return deadEnd(TOO_LONG);
  const checked = await checkAgainstClient(organizationId, parameters);
  if (typeof checked === "string") return deadEnd(checked);
  const waiting = { ...checked, organizationId, parameters, askedAt: now };
  if (isPosted && !isAuthorizationRefusal(checked.asked)) {
    return { kind: "page", path: resumePath(organizationId, await keepRequest(waiting, address)) };
  }
  const step = await findNextStep(waiting, person, now);
  if (step.step === "sign_in")
    return { kind: "page", path: signInPath(organizationId, await keepRequest(waiting, address)) };
  if (step.step === "ask")
    return { kind: "page", path: consentPath(organizationId, await keepRequest(waiting, address)) };
  return { kind: "reply", reply: await answer(waiting, step, person, now) };
}

/** Goes on with a request after the person signed in. @throws organization.not_found */
export async function resumeAuthorization(
  organizationId: string,
  handle: string,
  { person }: AtBrowser,
  now: Date = new Date(),
): Promise<AuthorizationOutcome> {
  await requireOrganization(organizationId);
  const waiting = await findRequest(organizationId, handle, now);
  if (waiting === null) return deadEnd(ENDED);
  const step = await findNextStep(waiting, person, now);
  if (step.step === "sign_in") return { kind: "page", path: signInPath(organizationId, handle) };
  if (step.step === "ask") return { kind: "page", path: consentPath(organizationId, handle) };
  await endRequest(organizationId, handle, now);
  return { kind: "reply", reply: await answer(waiting, step, person, now) };
}

/**
 * Takes what the person decided on the consent page. `token` proves that it was shown, with these scopes, to the very session
 * that answers.
 * @throws organization.not_found
 */
export async function decideConsent(
  organizationId: string,
  decision: { handle: string; isAllowed: boolean; token: string },
  browser: AtBrowser,
  now: Date = new Date(),
): Promise<AuthorizationOutcome> {
  const { handle, isAllowed, token } = decision;
  const { person } = browser;
  await requireOrganization(organizationId);
  const waiting = await findRequest(organizationId, handle, now);
  if (waiting === null) return deadEnd(ENDED);
  const isTheirs = person !== null && constantTimeEqual(token, decisionToken(waiting.asked, handle, person));
  if (!isTheirs) return { kind: "page", path: resumePath(organizationId, handle) };
  if (!isAllowed) {
    await endRequest(organizationId, handle, now);
    const denial = { step: "refuse", error: "access_denied", description: "The person did not allow it." } as const;
    return { kind: "reply", reply: await answer(waiting, denial, person, now) };
  }
  const step = await findNextStep(waiting, person, now);
  if (step.step === "sign_in" || (step.step === "ask" && step.about === "membership")) {
    return { kind: "page", path: resumePath(organizationId, handle) };
  }
  if (step.step === "ask" && step.about === "consent" && !isAuthorizationRefusal(waiting.asked)) {
    await grantConsent(
      organizationId,
      { client: waiting.client, scope: waiting.asked.scope },
      { ...browser, person },
      now,
    );
  }
  await endRequest(organizationId, handle, now);
  return { kind: "reply", reply: await answer(waiting, step.step === "ask" ? { step: "issue" } : step, person, now) };
}

/** What the pages on the way show, or null for a request that has ended. */
export async function describeAuthorization(
  organizationId: string,
  handle: string,
  person: SignedIn | null,
  now: Date = new Date(),
): Promise<AuthorizationView | null> {
  const organizationName = await findOrganizationName(organizationId);
  const waiting = organizationName === null ? null : await findRequest(organizationId, handle, now);
  if (waiting === null || organizationName === null || isAuthorizationRefusal(waiting.asked)) return null;
  return toAuthorizationView({
    organization: { id: organizationId, name: organizationName },
    client: waiting.client,
    redirectUri: waiting.target.redirectUri,
    scope: waiting.asked.scope,
    loginHint: waiting.parameters.values.login_hint ?? "",
    step: await findNextStep(waiting, person, now),
    handle,
    person,
    decisionToken: person === null ? "" : decisionToken(waiting.asked, handle, person),
  });
}

async function findNextStep(
  { organizationId, client, asked, hint, askedAt }: WaitingForPerson,
  person: SignedIn | null,
  now: Date,
): Promise<NextStep> {
  if (isAuthorizationRefusal(asked)) return { step: "refuse", ...asked };
  const { prompts, maxAge, scope } = asked;
  const present = person && {
    userId: person.user.id,
    signedInAt: person.signedInAt,
    isMember: person.memberships.some((membership) => membership.organizationId === organizationId),
    hasConsented: await hasConsented(organizationId, { client, userId: person.user.id, scope }),
  };
  return decideAuthorization({ prompts, maxAge, hintedUserId: hint?.userId ?? null, askedAt }, present, now);
}

async function answer(
  { organizationId, client, target, asked }: WaitingForPerson,
  step: NextStep & { step: "issue" | "refuse" },
  person: SignedIn | null,
  now: Date,
): Promise<AuthorizationReply> {
  const issuer = issuerOf(env().publicUrl, organizationId);
  if (step.step === "refuse") return replyWithError(target, step, issuer);
  if (isAuthorizationRefusal(asked) || person === null) {
    throw new AppError("internal.unexpected", "A code needs a checked request and a person.");
  }
  const code = await createAuthorizationCode(
    {
      organizationId,
      applicationId: client.id,
      userId: person.user.id,
      redirectUri: target.redirectUri,
      codeChallenge: asked.codeChallenge,
      scope: asked.scope,
      nonce: asked.nonce,
      authenticatedAt: person.signedInAt,
    },
    now,
  );
  return replyWithCode(target, code, issuer);
}

/**
 * The id of a portal session is known to nobody but its person. With the scopes in it, a decision counts for what the page
 * showed: when the application's registration has changed since, the person is asked again.
 */
function decisionToken(asked: WaitingForPerson["asked"], handle: string, { sessionId }: SignedIn): string {
  const scope = isAuthorizationRefusal(asked) ? "" : asked.scope;
  return sha256Base64url(`${handle} ${sessionId} ${scope}`);
}

async function requireOrganization(organizationId: string): Promise<void> {
  if ((await findOrganizationName(organizationId)) === null) {
    throw new AppError("organization.not_found", "There is no such organization.");
  }
}

function deadEnd(message: string): AuthorizationOutcome {
  return { kind: "dead_end", message };
}
