import "server-only";
// What both adapters answer when a machine endpoint cannot: a method it has not, a body too large, an exception.
import { AppError } from "../errors.ts";
import { log } from "../log.ts";
import type { Endpoint, EndpointResponse } from "./endpoint.ts";
import { toAppError, toProblem } from "./problem.ts";

/** The most that a machine endpoint reads of a body, in bytes. */
export const MAXIMUM_ENDPOINT_BODY_BYTES = 64 * 1024;

const SECONDS_UNTIL_RETRY = "1";

/** True when the endpoint answers this method; HEAD is GET without a body. */
export function hasMethod(endpoint: Endpoint, method: string): boolean {
  return endpoint.methods.includes(method) || (method === "HEAD" && endpoint.methods.includes("GET"));
}

/** 405 with the methods that there are (RFC 9110 section 15.5.6). */
export function refuseMethod(endpoint: Endpoint): EndpointResponse {
  const allowed = endpoint.methods.flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : [method])).join(", ");
  const error = new AppError("request.method_not_allowed", `Only ${allowed} can be used here.`);
  const refusal = refuseWith(endpoint, error);
  return { ...refusal, headers: { ...refusal.headers, allow: allowed } };
}

/** 413 for a body over {@link MAXIMUM_ENDPOINT_BODY_BYTES}. */
export function refuseBody(endpoint: Endpoint): EndpointResponse {
  const message = `The body is larger than ${MAXIMUM_ENDPOINT_BODY_BYTES} bytes.`;
  return refuseWith(endpoint, new AppError("request.too_large", message));
}

/** The answer for whatever was thrown; what is our fault is logged, and says nothing of itself. */
export function refuseWith(endpoint: Endpoint, thrown: unknown): EndpointResponse {
  const error = toAppError(thrown);
  const requestId = crypto.randomUUID();
  const problem = toProblem(error, requestId);
  if (problem.status >= 500) log().error({ err: thrown, requestId }, "a machine endpoint failed");
  const headers: Record<string, string> = { "cache-control": "no-store", "x-request-id": requestId };
  if (problem.status === 503) headers["retry-after"] = SECONDS_UNTIL_RETRY;
  if (endpoint.refuse) {
    const worded = endpoint.refuse(error);
    return { ...worded, headers: { ...headers, ...worded.headers } };
  }
  headers["content-type"] = "application/problem+json";
  return { status: problem.status, headers, body: JSON.stringify(problem) };
}
