import "server-only";
// Mounts machine endpoints on node:http; a synchronous answer goes to the socket without a promise in between.
import type { IncomingMessage, ServerResponse } from "node:http";
import { AppError } from "../errors.ts";
import { log } from "../log.ts";
import { clientAddress } from "./client-address.ts";
import type { Endpoint, EndpointRequest, EndpointResponse, EndpointTable } from "./endpoint.ts";
import { hasMethod, MAXIMUM_ENDPOINT_BODY_BYTES, refuseBody, refuseMethod, refuseWith } from "./endpoint-failure.ts";
import { compileRoutes } from "./endpoint-routes.ts";

const MAXIMUM_DISCARDED_BYTES = 16 * 1024 * 1024;
const NO_BODY = new Uint8Array();
const BODYLESS_STATUSES = new Set([204, 304]);

/** A response in the form that node:http takes fastest: header names and values in one flat array. */
type PreparedResponse = { status: number; headers: string[]; body: string | Uint8Array | null };

/** Answers the request and returns true if its path is in the table; otherwise leaves it alone and returns false. */
export function mountOnNode(
  table: EndpointTable,
): (request: IncomingMessage, response: ServerResponse, path: string) => boolean {
  const find = compileRoutes(table);
  return (request, response, path) => {
    const match = find(path);
    if (match === null) return false;
    const { endpoint, params } = match;
    if (match.isMalformed) {
      send(request, response, refuseWith(endpoint, new AppError("request.malformed", "The path is malformed.")));
    } else if (!hasMethod(endpoint, request.method ?? "")) {
      send(request, response, refuseMethod(endpoint));
    } else if (request.method === "POST") {
      void readThenAnswer(endpoint, params, request, response);
    } else {
      answer(endpoint, new NodeEndpointRequest(request, params, NO_BODY), request, response);
    }
    return true;
  };
}

class NodeEndpointRequest implements EndpointRequest {
  readonly method: string;
  readonly params: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly header: (name: string) => string | undefined;
  readonly #request: IncomingMessage;

  constructor(request: IncomingMessage, params: Readonly<Record<string, string>>, body: Uint8Array) {
    this.#request = request;
    this.method = request.method ?? "";
    this.params = params;
    this.body = body;
    this.header = (name) => request.headers[name] as string | undefined;
  }

  get query(): URLSearchParams {
    const url = this.#request.url ?? "";
    const mark = url.indexOf("?");
    return new URLSearchParams(mark === -1 ? "" : url.slice(mark + 1));
  }

  get remoteAddress(): string {
    return clientAddress(this.#request);
  }
}

function answer(
  endpoint: Endpoint,
  value: EndpointRequest,
  request: IncomingMessage,
  response: ServerResponse,
): void | Promise<void> {
  try {
    const answered = endpoint.answer(value);
    if (!(answered instanceof Promise)) return send(request, response, answered);
    return answered.then(
      (later) => send(request, response, later),
      (error: unknown) => send(request, response, refuseWith(endpoint, error)),
    );
  } catch (error) {
    send(request, response, refuseWith(endpoint, error));
  }
}

async function readThenAnswer(
  endpoint: Endpoint,
  params: Readonly<Record<string, string>>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const body = await readBody(request);
    if (body !== null) return await answer(endpoint, new NodeEndpointRequest(request, params, body), request, response);
    // Some of the body may be unread, so the connection cannot be used again.
    response.shouldKeepAlive = false;
    send(request, response, refuseBody(endpoint));
  } catch (error) {
    log().debug({ err: error }, "a client went away in the middle of its request");
    request.destroy();
  }
}

/**
 * Null when there is more than a machine endpoint reads. What is too much is still taken off the socket, within a bound,
 * because a connection that is closed over unread bytes is reset, and the client never sees the answer.
 */
function readBody(request: IncomingMessage): Promise<Uint8Array | null> {
  if (Number(request.headers["content-length"] ?? 0) > MAXIMUM_DISCARDED_BYTES) return Promise.resolve(null);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on("data", (chunk: Buffer) => {
      length += chunk.length;
      if (length <= MAXIMUM_ENDPOINT_BODY_BYTES) chunks.push(chunk);
      else if (length > MAXIMUM_DISCARDED_BYTES) resolve(null);
    });
    request.on("end", () => resolve(length > MAXIMUM_ENDPOINT_BODY_BYTES ? null : Buffer.concat(chunks, length)));
    request.on("error", reject);
  });
}

const preparedResponses = new WeakMap<EndpointResponse, PreparedResponse>();

function send(request: IncomingMessage, response: ServerResponse, answered: EndpointResponse): void {
  if (response.headersSent || response.destroyed) return;
  let prepared = preparedResponses.get(answered);
  if (prepared === undefined) {
    prepared = prepare(answered);
    if (Object.isFrozen(answered)) preparedResponses.set(answered, prepared);
  }
  response.writeHead(prepared.status, prepared.headers);
  if (prepared.body === null || request.method === "HEAD") response.end();
  else response.end(prepared.body);
}

function prepare({ status, headers, body }: EndpointResponse): PreparedResponse {
  const flat: string[] = [];
  for (const name in headers) flat.push(name, headers[name] as string);
  if (!BODYLESS_STATUSES.has(status)) flat.push("content-length", String(body === null ? 0 : Buffer.byteLength(body)));
  return { status, headers: flat, body };
}
