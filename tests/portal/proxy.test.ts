import { once } from "node:events";
import { createServer, request as httpRequest, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeGracefully, createPublicServer, listenOn } from "#lib/http/public-server.ts";
import { createPortalProxy } from "#lib/portal/proxy.ts";
import { useEnvironment } from "../support/database.ts";

let portalPort: number | null = null;
let wasClosed = false;
const portal = createServer(async (request, response) => {
  response.on("close", () => (wasClosed = !response.writableFinished));
  if (request.url === "/half") {
    response.writeHead(200, { "content-length": 1000 });
    response.write("half");
    await setTimeout(20);
    response.destroy();
  } else if (request.url === "/endless") {
    response.writeHead(200);
    const writing = setInterval(() => response.write("."), 5);
    response.on("close", () => clearInterval(writing));
  } else if (request.url === "/early") {
    response.writeHead(413).end("enough");
  } else {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    response.writeHead(200, { "content-type": "application/json", "keep-alive": "timeout=120" });
    response.end(JSON.stringify({ headers: request.headers, length: body.length, method: request.method }));
  }
});
const passOn = createPortalProxy(() => portalPort);
const plane: Server = createPublicServer((request, response, path) => passOn(request, response, path));
let url = "";

beforeAll(async () => {
  await useEnvironment({ SIGNET_PUBLIC_URL: "https://id.example.com" });
  portal.listen(0, "127.0.0.1");
  await once(portal, "listening");
  portalPort = (portal.address() as AddressInfo).port;
  url = `http://127.0.0.1:${await listenOn(plane, { port: 0, host: "127.0.0.1" })}`;
});
afterAll(async () => {
  await closeGracefully(plane);
  portal.closeAllConnections();
  portal.close();
});

/** As fetch, but with headers that fetch would not let through. */
async function ask(
  headers: Record<string, string>,
): Promise<{ headers: IncomingHttpHeaders; answer: IncomingHttpHeaders }> {
  const request = httpRequest(`${url}/page`, { headers }).end();
  const [response] = await once(request, "response");
  let text = "";
  for await (const chunk of response) text += chunk;
  return { headers: JSON.parse(text).headers, answer: response.headers };
}

async function withPort<Result>(port: number | null, work: () => Promise<Result>): Promise<Result> {
  const before = portalPort;
  portalPort = port;
  try {
    return await work();
  } finally {
    portalPort = before;
  }
}

describe("the proxy in front of the portal", () => {
  it("states the origin itself and keeps the host, whatever the client claims", async () => {
    const { headers } = await ask({
      host: "id.example.com",
      "x-forwarded-for": "6.6.6.6",
      "x-forwarded-host": "evil.example",
      "x-forwarded-proto": "ftp",
      forwarded: "for=6.6.6.6",
      "x-real-ip": "6.6.6.6",
    });
    expect(headers.host).toBe("id.example.com");
    expect(headers["x-forwarded-host"]).toBe("id.example.com");
    expect(headers["x-forwarded-proto"]).toBe("https");
    expect(headers["x-forwarded-for"]).toBe("127.0.0.1");
    expect(headers.forwarded).toBeUndefined();
    expect(headers["x-real-ip"]).toBeUndefined();
  });

  it("believes as many entries of X-Forwarded-For as it has proxies of its own in front", async () => {
    await useEnvironment({ SIGNET_PUBLIC_URL: "https://id.example.com", SIGNET_TRUSTED_PROXIES: "1" });
    const { headers } = await ask({ "x-forwarded-for": "6.6.6.6, 203.0.113.7" });
    expect(headers["x-forwarded-for"]).toBe("203.0.113.7");
    await useEnvironment({ SIGNET_PUBLIC_URL: "https://id.example.com", SIGNET_TRUSTED_PROXIES: undefined });
  });

  it("does not pass on the headers of a connection, in either direction", async () => {
    const { headers, answer } = await ask({ connection: "close", te: "trailers" });
    expect(headers.te).toBeUndefined();
    expect(answer["keep-alive"]).not.toBe("timeout=120");
  });

  it("asks for short answers as they are, and for long ones packed", async () => {
    const encodingOf = async (method: string, path: string): Promise<unknown> => {
      const response = await fetch(`${url}${path}`, { method, headers: { "accept-encoding": "gzip" } });
      return ((await response.json()) as { headers: IncomingHttpHeaders }).headers["accept-encoding"];
    };
    expect(await encodingOf("POST", "/api/v1/admin/signing-key/rotate")).toBe("identity");
    expect(await encodingOf("GET", "/api/v1/admin/certificates")).toBe("gzip");
    expect(await encodingOf("POST", "/orgs/acme-corp/portal")).toBe("gzip");
  });

  it("streams bodies of any size", async () => {
    const response = await fetch(`${url}/page`, { method: "POST", body: Buffer.alloc(5 * 1024 * 1024) });
    expect(await response.json()).toMatchObject({ length: 5 * 1024 * 1024, method: "POST" });
  });

  it("passes on an answer that comes before the body is read", async () => {
    const response = await fetch(`${url}/early`, { method: "POST", body: Buffer.alloc(1024) });
    expect([response.status, await response.text()]).toEqual([413, "enough"]);
  });

  it("breaks the answer off when the portal does, instead of ending it as if it were whole", async () => {
    const response = await fetch(`${url}/half`);
    await expect(response.text()).rejects.toThrow();
  });

  it("lets the portal know when the client goes away", async () => {
    wasClosed = false;
    const abort = new AbortController();
    const response = await fetch(`${url}/endless`, { signal: abort.signal });
    await response.body?.getReader().read();
    abort.abort();
    for (let tries = 0; tries < 100 && !wasClosed; tries += 1) await setTimeout(10);
    expect(wasClosed).toBe(true);
  });

  it.each([
    ["there is no portal", null],
    ["nothing listens on its port", 1],
  ])("answers 503 with a page that tries again while %s", async (_what, port) => {
    const response = await withPort(port, () =>
      fetch(`${url}/orgs/acme-corp/portal`, { headers: { accept: "text/html" } }),
    );
    const text = await response.text();
    expect([response.status, response.headers.get("retry-after")]).toEqual([503, "1"]);
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(text).toContain('http-equiv="refresh"');
  });

  it.each([
    ["/orgs/acme-corp/portal", "application/json"],
    ["/api/v1/admin/signing-key", "text/html"],
    ["/api", "text/html"],
  ])("answers a program with a problem document meanwhile: %s for %s", async (path, accept) => {
    const response = await withPort(null, () => fetch(url + path, { headers: { accept } }));
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(await response.json()).toMatchObject({ status: 503, code: "portal.unavailable" });
  });
});
