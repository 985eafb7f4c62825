import "server-only";
// Requests of applications while a person signs in or is asked: checked when they come, kept, and checked again when they go on.
import type { OidcApplication } from "../applications/application.ts";
import { findOidcClient } from "../applications/service.ts";
import { randomToken, sha256Base64url } from "../crypto/digest.ts";
import { toHandle } from "./authorization-handle.ts";
import type { AuthorizationParameters } from "./authorization-parameters.ts";
import {
  findWaitingRequest,
  insertWaitingRequest,
  removeEndedRequests,
  updateRequestEnd,
} from "./authorization-repository.ts";
import {
  type AuthorizationRefusal,
  type AuthorizationRequest,
  checkAuthorizationRequest,
  findReplyTarget,
  isAuthorizationRefusal,
  type ReplyTarget,
} from "./authorization-request.ts";
import { type IdTokenHint, readIdTokenHint } from "./id-token-hint.ts";
import { countKeptRequest } from "./waiting-throttle.ts";

/** How long a request waits for the person, in milliseconds. */
const WAITING_MILLISECONDS = 60 * 60_000;
/** How long an answered request can be answered again, so that a second click is no error. */
const ANSWERED_MILLISECONDS = 60_000;

const UNKNOWN_CLIENT =
  "The application that sent you here is not registered with this organization. Whoever runs it has to correct its client ID.";
const UNKNOWN_ADDRESS =
  "The application asked to send you back to an address that it has not registered. Whoever runs it can add the address in Signet.";
const CLIENT_ID = /^[\x20-\x7E]{1,200}$/;

/** A request of a client that is known, with an address that it registered. */
export type CheckedRequest = {
  client: OidcApplication;
  target: ReplyTarget;
  asked: AuthorizationRequest | AuthorizationRefusal;
  hint: IdTokenHint | null;
};
/** The same with when it came, and where. */
export type WaitingForPerson = CheckedRequest & {
  organizationId: string;
  parameters: AuthorizationParameters;
  askedAt: Date;
};

/** A request as far as its client's registration tells, or the sentence for a person who cannot be sent anywhere. */
export async function checkAgainstClient(
  organizationId: string,
  parameters: AuthorizationParameters,
): Promise<CheckedRequest | string> {
  const { client_id: clientId = "", id_token_hint: hinted } = parameters.values;
  const isReadable = CLIENT_ID.test(clientId) && !parameters.repeated.includes("client_id");
  const client = isReadable ? await findOidcClient(organizationId, clientId) : null;
  if (client === null) return UNKNOWN_CLIENT;
  const target = findReplyTarget(parameters, client);
  if (target === null) return UNKNOWN_ADDRESS;
  const asked = checkAuthorizationRequest(parameters, client);
  if (hinted === undefined || isAuthorizationRefusal(asked)) return { client, target, asked, hint: null };
  const hint = await readIdTokenHint(organizationId, hinted);
  if (hint?.clientId === clientId) return { client, target, asked, hint };
  const description = "The id_token_hint is no ID token that this client got here.";
  return { client, target, asked: { error: "invalid_request", description }, hint: null };
}

/** Keeps a request for an hour and answers with its handle, which leads back to it. @throws request.too_many */
export async function keepRequest(
  { organizationId, client, target, parameters, askedAt }: WaitingForPerson,
  address: string,
): Promise<string> {
  countKeptRequest(address);
  const handle = toHandle(randomToken(), target.redirectUri);
  await removeEndedRequests(organizationId, askedAt);
  await insertWaitingRequest(organizationId, {
    id: sha256Base64url(handle),
    applicationId: client.id,
    parameters,
    createdAt: askedAt,
    expiresAt: new Date(askedAt.getTime() + WAITING_MILLISECONDS),
  });
  return handle;
}

/** The request behind a handle, or null. Checked again, because the application may have been changed or deleted while its request waited. */
export async function findRequest(organizationId: string, handle: string, now: Date): Promise<WaitingForPerson | null> {
  const found = await findWaitingRequest(organizationId, sha256Base64url(handle), now);
  if (found === null) return null;
  const checked = await checkAgainstClient(organizationId, found.parameters);
  if (typeof checked === "string") return null;
  return { ...checked, organizationId, parameters: found.parameters, askedAt: found.createdAt };
}

/** Lets an answered request end shortly. */
export async function endRequest(organizationId: string, handle: string, now: Date): Promise<void> {
  const expiresAt = new Date(now.getTime() + ANSWERED_MILLISECONDS);
  await updateRequestEnd(organizationId, sha256Base64url(handle), expiresAt);
}
