import "server-only";
// Reads what a client asks of an endpoint where it has to say who it is, and finds out whether that is true.
import type { EndpointRequest } from "../http/endpoint.ts";
import { authenticateClient } from "./client-authentication.ts";
import type { ClientDirectory, KnownClient } from "./client-directory.ts";
import { isRefusal, type Refusal } from "./oauth-error.ts";
import { readCredentials, readForm } from "./token-request.ts";

/** The form of a client that is who it says it is, or why it is refused. @see RFC 6749 section 2.3 */
export function readClientRequest(
  request: EndpointRequest,
  clients: ClientDirectory,
): { client: KnownClient; form: ReadonlyMap<string, string> } | Refusal {
  const form = readForm(request.header("content-type"), request.body);
  if (isRefusal(form)) return form;
  const credentials = readCredentials(request.header("authorization"), form);
  if (isRefusal(credentials)) return credentials;
  const client = authenticateClient(clients, credentials, request.remoteAddress);
  return isRefusal(client) ? client : { client, form };
}
