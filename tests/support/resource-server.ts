// An API that somebody protects with express-oauth2-jwt-bearer: it answers with the subject of a good access token.
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { auth } from "express-oauth2-jwt-bearer";

type Checked = IncomingMessage & { auth?: { payload: { sub?: string } } };
type Middleware = (request: Checked, response: ServerResponse, next: (error?: { status?: number }) => void) => void;

/** `ask` sends a bearer token, and gets the status (200 or 401) with the subject or nothing. */
export type ResourceServer = {
  ask: (token: string) => Promise<{ status: number; subject: string }>;
  stop: () => void;
};

/** Starts the API for the access tokens of one issuer, as strict as RFC 9068 asks. */
export async function startResourceServer(issuer: string): Promise<ResourceServer> {
  const check = auth({ issuerBaseURL: issuer, audience: issuer, strict: true }) as unknown as Middleware;
  const server = createServer((request, response) => {
    // What Express adds to a request, as far as the middleware looks at it.
    const get = (): string | undefined => request.headers.host;
    const expressed = Object.assign(request, { protocol: "http", query: {}, is: () => false, get });
    check(expressed, response, (error) => {
      response.statusCode = error === undefined ? 200 : (error.status ?? 500);
      response.end((request as Checked).auth?.payload.sub);
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port is free");
  return {
    ask: async (token) => {
      const headers = { authorization: `Bearer ${token}` };
      const answer = await fetch(`http://127.0.0.1:${address.port}/`, { headers });
      return { status: answer.status, subject: await answer.text() };
    },
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
