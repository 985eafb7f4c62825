import "server-only";
// The one HTTP server on the public port: its limits, its answer to what is no HTTP, and how it stops.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { log } from "../log.ts";

const LIMITS = {
  headersTimeout: 15_000,
  requestTimeout: 60_000,
  keepAliveTimeout: 65_000,
  maxHeaderSize: 16 * 1024,
};
const STOP_TIMEOUT_MILLISECONDS = 10_000;
const STATUS_LINES: Record<string, string> = {
  HPE_HEADER_OVERFLOW: "431 Request Header Fields Too Large",
  ERR_HTTP_REQUEST_TIMEOUT: "408 Request Timeout",
};

/** A server whose handler gets the path without the query beside the request. */
export function createPublicServer(
  handle: (request: IncomingMessage, response: ServerResponse, path: string) => void,
): Server {
  const server = createServer(LIMITS, (request, response) => {
    const url = request.url ?? "/";
    const mark = url.indexOf("?");
    handle(request, response, mark === -1 ? url : url.slice(0, mark));
  });
  server.on("clientError", refuseBrokenRequest);
  return server;
}

/** Listens; resolves with the port. */
export function listenOn(server: Server, { port, host }: { port: number; host: string }): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      server.on("error", (error) => log().error({ err: error }, "the public server reports an error"));
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
}

/** Accepts nothing more and lets running requests end, at most 10 s long. */
export function closeGracefully(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const tooLate = setTimeout(() => server.closeAllConnections(), STOP_TIMEOUT_MILLISECONDS);
    server.close(() => {
      clearTimeout(tooLate);
      resolve();
    });
    // Connections that are kept alive are closed after the answer that they are waiting for.
    const sweep = setInterval(() => server.closeIdleConnections(), 50);
    server.once("close", () => clearInterval(sweep));
    server.closeIdleConnections();
  });
}

function refuseBrokenRequest(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  const line = STATUS_LINES[error.code ?? ""] ?? "400 Bad Request";
  const status = Number(line.slice(0, 3));
  const body = JSON.stringify({
    type: "urn:signet:problem:request.malformed",
    title: line.slice(4),
    status,
    detail: "The request is not well-formed HTTP, or too slow, or its headers are too large.",
    code: "request.malformed",
    request_id: crypto.randomUUID(),
  });
  socket.end(
    `HTTP/1.1 ${line}\r\ncontent-type: application/problem+json\r\ncache-control: no-store\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}
