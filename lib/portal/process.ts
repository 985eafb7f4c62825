import "server-only";
// The portal's process: serves Next on a port of 127.0.0.1 that only the public plane is told, and ends with it.
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import next from "next";
import { PATH_HEADER } from "../auth/callback-path.ts";
import { connectToParent } from "../db/changes.ts";
import { env } from "../env.ts";
import { log } from "../log.ts";
import { notePortalProcess, noteStartState } from "../start-state.ts";
import { callDirectly, ORIGIN } from "./direct-call.ts";
import type { PortalReadyMessage } from "./messages.ts";
import { framePage, isPagePath } from "./page-frame.ts";
import { restrainPortal } from "./restraint.ts";

const HOST = "127.0.0.1";
/** Longer than the public plane keeps an idle connection, so that it never sends into one that is just closing. */
const KEEP_ALIVE_MILLISECONDS = 120_000;
const STOP_TIMEOUT_MILLISECONDS = 7000;
/** What tells Next about a page; a client may not. */
const FRAME_HEADERS = [PATH_HEADER, "content-security-policy", "content-security-policy-report-only"];
const STATIC_FILES = "/_next/static/";

process.on("disconnect", () => process.exit(0));
// Ctrl-C reaches the whole group; the public plane decides when the portal goes.
process.on("SIGINT", () => undefined);
process.on("SIGTERM", () => void stop());
process.on("unhandledRejection", (error) => log().error({ err: error }, "unhandled rejection in the portal"));

const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MILLISECONDS, requestTimeout: 0 });
server.listen(0, HOST);
await once(server, "listening");
const address = server.address();
if (address === null || typeof address === "string") throw new Error("the portal has no port");
notePortalProcess();
connectToParent(process);
const { provider, url } = env().database;
if (provider === "postgresql") (await import("../db/notifications.ts")).listenForChanges(url);
noteStartState("started");
const application = next({ dev: false, hostname: HOST, port: address.port, httpServer: server, quiet: true });
await application.prepare();
const handle = application.getRequestHandler();
const pauseBefore = restrainPortal(process);
server.on("request", (request, response) => {
  const { socket } = request;
  response.once("finish", () => dropRest(request, socket));
  frame(request, response);
  const pause = request.url?.startsWith(STATIC_FILES) ? null : pauseBefore();
  if (pause === null) return answer(request, response);
  // Who has left meanwhile needs no answer; Next would wait for a body that never ends.
  void pause.then(() => (response.destroyed ? undefined : answer(request, response)));
});
const ready: PortalReadyMessage = { portal: "ready", port: address.port };
process.send?.(ready);

function answer(request: IncomingMessage, response: ServerResponse): void {
  if (!callDirectly(request, response)) void handle(request, response);
}

/** Does what proxy.ts would do, without the way through it; what it leaves alone is left to that. */
function frame(request: IncomingMessage, response: ServerResponse): void {
  for (const name of FRAME_HEADERS) delete request.headers[name];
  const { url = "" } = request;
  if (!URL.canParse(url, ORIGIN)) return;
  const address = new URL(url, ORIGIN);
  if (!isPagePath(address.pathname)) return;
  const { request: told, response: answered } = framePage(address);
  Object.assign(request.headers, told);
  for (const [name, value] of Object.entries(answered)) response.setHeader(name, value);
}

/**
 * Takes off the connection what was left unread of a body that was refused: the public plane uses the connection again, and the
 * next request, which may be anybody's, would wait behind it. Node drops such a rest by this function, but only where nobody had
 * begun to read; a request that was given up half-way stays in the way, without its socket.
 */
function dropRest(request: IncomingMessage & { _dump?: () => void }, socket: Socket): void {
  if (request.complete) return;
  request._dump?.();
  socket.resume();
}

async function stop(): Promise<void> {
  setTimeout(() => process.exit(0), STOP_TIMEOUT_MILLISECONDS).unref();
  const closed = once(server, "close");
  server.close();
  server.closeIdleConnections();
  await closed;
  process.exit(0);
}
