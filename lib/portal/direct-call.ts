import "server-only";
// Answers calls of the management API that change something without Next, from the very functions that Next would call.
import type { IncomingMessage, ServerResponse } from "node:http";
import { findRoute, type RouteHandler, type RouteRequest } from "../http/direct-routes.ts";
import { log } from "../log.ts";

/** Others may have long answers, which Next packs. */
const METHODS = new Set(["POST", "PUT", "PATCH", "DELETE"]);
/** Addresses come without an origin; which one stands before them while they are read means nothing. */
export const ORIGIN = "http://signet.invalid";

/** Begins to answer, or leaves the request to Next and answers false. */
export function callDirectly(request: IncomingMessage, response: ServerResponse): boolean {
  const { method = "", url = "" } = request;
  if (!METHODS.has(method)) return false;
  const [path = ""] = url.split("?", 1);
  const handler = findRoute(method, path);
  if (handler === null) return false;
  void answer(handler, request, response);
  return true;
}

async function answer(handler: RouteHandler, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const answered = await handler(toRouteRequest(request), { params: Promise.resolve({}) });
    const headers = [...answered.headers].flat();
    if (answered.body === null) return void response.writeHead(answered.status, headers).end();
    const body = Buffer.from(await answered.arrayBuffer());
    response.writeHead(answered.status, [...headers, "content-length", String(body.length)]).end(body);
  } catch (error) {
    log().error({ err: error, place: request.url }, "a direct call failed");
    response.destroy();
  }
}

function toRouteRequest(request: IncomingMessage): RouteRequest {
  const { method = "", url = "" } = request;
  const headers = new Headers(request.headers as Record<string, string>);
  // A body that is refused half-way must not take the connection with it.
  return { method, url: `${ORIGIN}${url}`, headers, body: request.iterator({ destroyOnReturn: false }) };
}
