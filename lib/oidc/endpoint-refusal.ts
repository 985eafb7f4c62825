// Words what the adapter refuses, and what was thrown on the way, as the OAuth endpoints do.
import type { AppError } from "../errors.ts";
import type { EndpointResponse } from "../http/endpoint.ts";
import { toProblem } from "../http/problem.ts";
import { type Refusal, refuse, toRefusalResponse } from "./oauth-error.ts";

const UNKNOWN_CLIENT = "The client is unknown or its secret is wrong.";

/** The refusal of a path whose organization does not exist. */
export const NO_ORGANIZATION: Refusal = refuse("invalid_request", "There is no such organization.", 404);

/** The response for an error of ours in the words of OAuth, with Retry-After where it helps to wait. @see RFC 6749 section 5.2 */
export function refuseInOAuthWords(error: AppError): EndpointResponse & { body: string } {
  if (error.code === "application.not_found") return toRefusalResponse(refuse("invalid_client", UNKNOWN_CLIENT, 401));
  const { status } = toProblem(error, "");
  const retryAfter = typeof error.details.retry_after === "number" ? error.details.retry_after : undefined;
  const refusal = refuse(codeOf(status), error.message, status);
  return toRefusalResponse(retryAfter === undefined ? refusal : { ...refusal, retryAfter });
}

function codeOf(status: number): Refusal["error"] {
  if (status === 429 || status === 503) return "temporarily_unavailable";
  return status < 500 ? "invalid_request" : "server_error";
}
