import "server-only";
// Lets the scripts of public clients read what an endpoint answers, from the origins of their registered addresses only.
import { AppError } from "../errors.ts";
import type { EndpointRequest, EndpointResponse } from "../http/endpoint.ts";
import { getClientDirectory, peekClientDirectory } from "./client-directory.ts";
import { refuseInOAuthWords } from "./endpoint-refusal.ts";

type Answer = (request: EndpointRequest) => EndpointResponse | Promise<EndpointResponse>;

const WITHOUT_ORIGIN: EndpointResponse = Object.freeze({ status: 204, headers: Object.freeze({}), body: null });
const PREFLIGHT_HEADERS = {
  "access-control-allow-methods": "POST",
  "access-control-allow-headers": "authorization, content-type",
  "access-control-max-age": "600",
};

/**
 * The answer for whoever asks; OPTIONS is answered here. A request without an Origin, as programs send it, pays nothing.
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 */
export function answerBrowserApplications(request: EndpointRequest, answer: Answer): ReturnType<Answer> {
  const origin = request.header("origin");
  if (origin !== undefined) return answerFrom(origin, request, answer);
  return request.method === "OPTIONS" ? WITHOUT_ORIGIN : answer(request);
}

async function answerFrom(origin: string, request: EndpointRequest, answer: Answer): Promise<EndpointResponse> {
  const organizationId = request.params.orgId ?? "";
  const clients = peekClientDirectory(organizationId) ?? (await getClientDirectory(organizationId));
  const isPreflight = request.method === "OPTIONS";
  const { status, headers, body } = isPreflight ? WITHOUT_ORIGIN : await answerOrRefuse(request, answer);
  if (!clients?.browserOrigins.has(origin)) return { status, headers: { ...headers, vary: "Origin" }, body };
  const allowed = {
    "access-control-allow-origin": origin,
    "access-control-expose-headers": "retry-after",
    vary: "Origin",
  };
  return { status, headers: { ...headers, ...allowed, ...(isPreflight ? PREFLIGHT_HEADERS : {}) }, body };
}

/** A script has to see why it was refused, as with 429, or it could not tell that from a network that is down. */
async function answerOrRefuse(request: EndpointRequest, answer: Answer): Promise<EndpointResponse> {
  try {
    return await answer(request);
  } catch (error) {
    if (error instanceof AppError) return refuseInOAuthWords(error);
    throw error;
  }
}
