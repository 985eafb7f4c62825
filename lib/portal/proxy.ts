import "server-only";
// Hands everything that is no machine endpoint to the portal, saying truthfully where it came from.
import { Agent, type IncomingMessage, type ServerResponse } from "node:http";
import { createProxyServer } from "httpxy";
import { isApiPath } from "../auth/callback-path.ts";
import { env } from "../env.ts";
import { clientAddress } from "../http/client-address.ts";
import { log } from "../log.ts";
import { portalAway } from "./away-page.ts";

const CONNECTIONS = 256;
const IDLE_CONNECTIONS = 32;
const RESPONSE_TIMEOUT_MILLISECONDS = 60_000;
/** These belong to one connection and are not passed on, in either direction. */
const CONNECTION_HEADERS = ["connection", "keep-alive", "proxy-connection", "te", "upgrade"];
/** What a client may not say to the portal: facts that the public plane states. */
const STRIPPED_HEADERS = [
  "forwarded",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-port",
  "x-forwarded-proto",
  "x-forwarded-server",
  "x-real-ip",
  ...CONNECTION_HEADERS,
];

/** Passes requests on to whichever port the portal has at the moment. */
export function createPortalProxy(
  port: () => number | null,
): (request: IncomingMessage, response: ServerResponse, path: string) => void {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS, maxFreeSockets: IDLE_CONNECTIONS });
  const proxy = createProxyServer({ agent, proxyTimeout: RESPONSE_TIMEOUT_MILLISECONDS });
  proxy.on("proxyRes", ({ headers }) => {
    for (const name of CONNECTION_HEADERS) delete headers[name];
  });
  return (request, response, path) => {
    const target = port();
    if (target === null) return sendAway(request, response, path);
    stateOrigin(request);
    if (isAnsweredShortly(request, path)) request.headers["accept-encoding"] = "identity";
    proxy.web(request, response, { target: { protocol: "http:", host: "127.0.0.1", port: target } }).catch((error) => {
      if (request.destroyed && !request.complete) return;
      log().warn({ err: error, path }, "the portal did not answer");
      if (response.headersSent) response.destroy();
      else sendAway(request, response, path);
    });
  };
}

function stateOrigin(request: IncomingMessage): void {
  const { headers } = request;
  const address = clientAddress(request);
  for (const name of STRIPPED_HEADERS) delete headers[name];
  headers["x-forwarded-for"] = address;
  headers["x-forwarded-proto"] = env().publicUrl.startsWith("https:") ? "https" : "http";
  if (headers.host !== undefined) headers["x-forwarded-host"] = headers.host;
}

/** True for calls that change something: they are answered with a few kilobytes, and to pack those costs Next 2 ms. */
function isAnsweredShortly({ method }: IncomingMessage, path: string): boolean {
  return isApiPath(path) && method !== "GET" && method !== "HEAD";
}

function sendAway(request: IncomingMessage, response: ServerResponse, path: string): void {
  const { status, headers, body } = portalAway(path, String(request.headers.accept ?? "*/*").includes("text/html"));
  // The body of the request stays unread.
  response.shouldKeepAlive = false;
  response.writeHead(status, headers);
  response.end(request.method === "HEAD" ? undefined : body);
}
