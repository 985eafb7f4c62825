import "server-only";
// Sign-out that an application begins: of the person at this browser, and of the application's own session.
import type { OidcApplication } from "../applications/application.ts";
import { findOidcClient } from "../applications/service.ts";
import type { SignedIn } from "../auth/service.ts";
import { AppError } from "../errors.ts";
import { findOrganizationName } from "../organizations/service.ts";
import { revokeSession } from "../sessions/revocations.ts";
import { LOGOUT_PARAMETERS, type LogoutParameters, readParameters } from "./authorization-parameters.ts";
import { type IdTokenHint, readIdTokenHint } from "./id-token-hint.ts";
import { findLogoutDestination, isLogoutRefusal, logoutPagePath } from "./logout-request.ts";
import { type LogoutView, toLogoutView } from "./logout-view.ts";

/** What the browser gets; `done` ends its session first, when there is one. */
export type LogoutOutcome =
  | { kind: "done"; location: string }
  | { kind: "page"; path: string }
  | { kind: "dead_end"; message: string };

type Checked = {
  parameters: LogoutParameters;
  client: OidcApplication | null;
  hint: IdTokenHint | null;
  /** Null: a page of ours. */
  address: string | null;
};

const CLIENT_ID = /^[\x20-\x7E]{1,200}$/;
const REASON = "The application signed the person out.";

/**
 * Takes a request to sign out. Nobody is signed out by a link alone: either the application shows that this very person
 * signed in to it, or the person says so on a page of ours (`isConfirmed`).
 * @throws organization.not_found
 */
export async function startLogout(
  organizationId: string,
  { given, isConfirmed }: { given: URLSearchParams; isConfirmed: boolean },
  person: SignedIn | null,
  now: Date = new Date(),
): Promise<LogoutOutcome> {
  await requireOrganization(organizationId);
  const checked = await check(organizationId, given);
  if (typeof checked === "string") return { kind: "dead_end", message: checked };
  const { client, hint, address, parameters } = checked;
  // Whoever holds an ID token of the session is the application that the session belongs to.
  if (hint?.sessionId != null) await revokeSession(organizationId, hint.sessionId, now, REASON);
  const isPersonHinted = person !== null && hint?.userId === person.user.id;
  if (person === null || isPersonHinted || isConfirmed) {
    return { kind: "done", location: address ?? logoutPagePath(organizationId, {}) };
  }
  const { post_logout_redirect_uri, state } = parameters.values;
  const kept = {
    ...(client === null ? {} : { client_id: client.clientId }),
    ...(post_logout_redirect_uri === undefined ? {} : { post_logout_redirect_uri }),
    ...(state === undefined ? {} : { state }),
  };
  return { kind: "page", path: logoutPagePath(organizationId, kept) };
}

/** What the page that asks shows; null when the organization is missing or the address was tampered with. */
export async function describeLogout(
  organizationId: string,
  given: URLSearchParams,
  person: SignedIn | null,
): Promise<LogoutView | null> {
  const name = await findOrganizationName(organizationId);
  const checked = name === null ? null : await check(organizationId, given);
  if (name === null || checked === null || typeof checked === "string") return null;
  return toLogoutView({
    organization: { id: organizationId, name },
    client: checked.client,
    person,
    parameters: checked.parameters.values,
  });
}

async function check(organizationId: string, given: URLSearchParams): Promise<Checked | string> {
  const parameters = readParameters(LOGOUT_PARAMETERS, given);
  if (parameters === null) return "The application's request is longer than any request needs to be.";
  const { id_token_hint: hinted, client_id: clientId } = parameters.values;
  // What is no ID token of ours counts as none: the person is asked, and the client must be named otherwise.
  const hint = hinted === undefined ? null : await readIdTokenHint(organizationId, hinted);
  const askedBy = clientId ?? hint?.clientId ?? "";
  const client = CLIENT_ID.test(askedBy) ? await findOidcClient(organizationId, askedBy) : null;
  const destination = findLogoutDestination(parameters, client, hint);
  if (isLogoutRefusal(destination)) return destination.message;
  return { parameters, client, hint, address: destination.address };
}

async function requireOrganization(organizationId: string): Promise<void> {
  if ((await findOrganizationName(organizationId)) === null) {
    throw new AppError("organization.not_found", "There is no such organization.");
  }
}
