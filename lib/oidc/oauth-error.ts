// The errors of the OAuth endpoints as values, and the responses that they become.
import type { EndpointResponse } from "../http/endpoint.ts";

/** The codes of RFC 6749 section 5.2, and what else a token endpoint has to say. */
export type OAuthErrorCode =
  | "invalid_request"
  | "invalid_client"
  | "invalid_grant"
  | "unauthorized_client"
  | "unsupported_grant_type"
  | "invalid_scope"
  | "temporarily_unavailable"
  | "server_error";

/** Why a request is refused; `description` is printable ASCII without quote and backslash. */
export type Refusal = {
  isRefusal: true;
  error: OAuthErrorCode;
  description: string;
  status: number;
  /** Seconds to wait. */
  retryAfter?: number;
};

/** The headers of every answer that may hold a token. @see RFC 6749 section 5.1 */
export const NO_STORE_HEADERS = {
  "content-type": "application/json",
  "cache-control": "no-store",
  pragma: "no-cache",
} as const;

/** A refusal; 400 unless told. */
export function refuse(error: OAuthErrorCode, description: string, status = 400): Refusal {
  return { isRefusal: true, error, description, status };
}

/** True for a refusal among other results. */
export function isRefusal(result: object): result is Refusal {
  return "isRefusal" in result;
}

/** The response of a refusal; 401 names the scheme that would have worked. @see RFC 6749 section 5.2 */
export function toRefusalResponse({
  error,
  description,
  status,
  retryAfter,
}: Refusal): EndpointResponse & { body: string } {
  return {
    status,
    headers: {
      ...NO_STORE_HEADERS,
      ...(status === 401 ? { "www-authenticate": 'Basic realm="signet", charset="UTF-8"' } : {}),
      ...(retryAfter === undefined ? {} : { "retry-after": String(retryAfter) }),
    },
    body: JSON.stringify({ error, error_description: description }),
  };
}
