import "server-only";
// Mounts a machine endpoint in a Next route file, so that `next dev` and any Next host serve it without server.ts.
import { requestContext } from "../auth/request-context.ts";
import { AppError } from "../errors.ts";
import type { Endpoint, EndpointResponse } from "./endpoint.ts";
import { hasMethod, MAXIMUM_ENDPOINT_BODY_BYTES, refuseBody, refuseMethod, refuseWith } from "./endpoint-failure.ts";

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;

type Method = (typeof METHODS)[number];
type Handler = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>;

/** One handler for each method; those that the endpoint has not answer 405. */
export function mountEndpoint(endpoint: Endpoint): Record<Method, Handler> {
  const handler: Handler = async (request, { params }) => {
    if (!hasMethod(endpoint, request.method)) return toResponse(refuseMethod(endpoint), request);
    try {
      const body = await readBody(request);
      if (body === null) return toResponse(refuseBody(endpoint), request);
      const answered = await endpoint.answer({
        method: request.method,
        params: await params,
        query: new URL(request.url).searchParams,
        header: (name) => request.headers.get(name) ?? undefined,
        body,
        remoteAddress: requestContext(request.headers).address,
      });
      return toResponse(answered, request);
    } catch (error) {
      return toResponse(refuseWith(endpoint, error), request);
    }
  };
  return Object.fromEntries(METHODS.map((method) => [method, handler])) as Record<Method, Handler>;
}

function toResponse({ status, headers, body }: EndpointResponse, request: Request): Response {
  const all = new Headers(headers);
  if (request.method === "HEAD" && body !== null) all.set("content-length", String(Buffer.byteLength(body)));
  const content = request.method === "HEAD" ? null : (body as BodyInit | null);
  return new Response(content, { status, headers: all });
}

/** Null when there is more than a machine endpoint reads. @throws request.malformed when the body breaks off */
async function readBody(request: Request): Promise<Uint8Array | null> {
  if (Number(request.headers.get("content-length") ?? 0) > MAXIMUM_ENDPOINT_BODY_BYTES) return null;
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of (request.body ?? []) as AsyncIterable<Uint8Array>) {
      length += chunk.length;
      if (length > MAXIMUM_ENDPOINT_BODY_BYTES) return null;
      chunks.push(chunk);
    }
  } catch (error) {
    throw new AppError("request.malformed", "The body broke off.", { cause: error });
  }
  return Buffer.concat(chunks);
}
