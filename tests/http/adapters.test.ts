import { once } from "node:events";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AppError } from "#lib/errors.ts";
import type { Endpoint, EndpointRequest } from "#lib/http/endpoint.ts";
import { mountEndpoint } from "#lib/http/next-adapter.ts";
import { mountOnNode } from "#lib/http/node-adapter.ts";
import { closeGracefully, createPublicServer, listenOn } from "#lib/http/public-server.ts";
import { useEnvironment } from "../support/database.ts";

const LIMIT = 64 * 1024;

const echo: Endpoint = {
  methods: ["GET", "POST"],
  answer: async (request) => ({
    status: 200,
    headers: { "content-type": "application/json", "x-org": request.params.orgId ?? "" },
    body: JSON.stringify({
      body: Buffer.from(request.body).toString(),
      query: request.query.get("q"),
      ...told(request),
    }),
  }),
};
const failing: Endpoint = {
  methods: ["GET"],
  answer: () => {
    throw new Error("postgresql://user:secret@host is what went wrong");
  },
};
const rejecting: Endpoint = {
  methods: ["GET"],
  answer: () => Promise.reject(new AppError("organization.not_found", "There is no such organization.")),
};
const unchanged = Object.freeze({ status: 304, headers: { etag: '"1"' }, body: null });
const constant = Object.freeze({ status: 200, headers: { etag: '"1"' }, body: Buffer.from("grüße") });
const frozen: Endpoint = {
  methods: ["GET", "OPTIONS"],
  answer: (request) => (request.header("if-none-match") === '"1"' ? unchanged : constant),
};
const worded: Endpoint = {
  methods: ["POST"],
  answer: () => constant,
  refuse: (error) => ({
    status: 400,
    headers: { "content-type": "application/json" },
    body: `{"error":"${error.code}"}`,
  }),
};

function told(request: EndpointRequest): object {
  return { method: request.method, agent: request.header("user-agent") ?? null };
}

const endpoints = { echo, failing, rejecting, frozen, worded };
type Ask = (name: keyof typeof endpoints, init?: RequestInit & { search?: string }) => Promise<Response>;

const server = createPublicServer((request, response, path) => {
  const table = Object.fromEntries(Object.entries(endpoints).map(([name, value]) => [`/orgs/{orgId}/${name}`, value]));
  if (!mountOnNode(table)(request, response, path)) response.writeHead(404).end();
});
let port = 0;

beforeAll(async () => {
  await useEnvironment({});
  port = await listenOn(server, { port: 0, host: "127.0.0.1" });
});
afterAll(() => closeGracefully(server));

const throughNode: Ask = (name, { search = "", ...init } = {}) =>
  fetch(`http://127.0.0.1:${port}/orgs/acme-corp/${name}${search}`, init);

const throughNext: Ask = (name, { search = "", ...init } = {}) => {
  const request = new Request(`http://signet.example/orgs/acme-corp/${name}${search}`, init);
  const handlers = mountEndpoint(endpoints[name]);
  const handler = handlers[request.method as keyof typeof handlers];
  return handler(request, { params: Promise.resolve({ orgId: "acme-corp" }) });
};

describe.each([
  ["node:http", throughNode],
  ["Next", throughNext],
])("a machine endpoint mounted on %s", (_name, ask) => {
  it("gets parameters, query, headers and body", async () => {
    const response = await ask("echo", {
      method: "POST",
      body: "a=1",
      search: "?q=%20x",
      headers: { "user-agent": "t" },
    });
    expect(response.headers.get("x-org")).toBe("acme-corp");
    expect(await response.json()).toEqual({ body: "a=1", query: " x", method: "POST", agent: "t" });
  });

  it("answers HEAD like GET without a body", async () => {
    const response = await ask("frozen", { method: "HEAD" });
    expect(response.status).toBe(200);
    expect(response.headers.get("content-length")).toBe(String(Buffer.byteLength("grüße")));
    expect(await response.text()).toBe("");
  });

  it("repeats a frozen answer byte for byte, and 304 without a body", async () => {
    for (const _ of [1, 2]) expect(await (await ask("frozen")).text()).toBe("grüße");
    const response = await ask("frozen", { headers: { "if-none-match": '"1"' } });
    expect([response.status, response.headers.get("etag"), await response.text()]).toEqual([304, '"1"', ""]);
  });

  it.each(["PUT", "DELETE", "PATCH", "POST"])("refuses %s with 405 and Allow", async (method) => {
    const response = await ask("frozen", { method });
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).toBe("GET, HEAD, OPTIONS");
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(await response.json()).toMatchObject({ code: "request.method_not_allowed", status: 405 });
  });

  it("takes a body up to the limit and refuses a larger one with 413", async () => {
    const fits = await ask("echo", { method: "POST", body: "x".repeat(LIMIT) });
    expect(((await fits.json()) as { body: string }).body).toHaveLength(LIMIT);
    const over = await ask("echo", { method: "POST", body: "x".repeat(LIMIT + 1) });
    expect([over.status, (await over.json()).code]).toEqual([413, "request.too_large"]);
    const huge = await ask("echo", { method: "POST", body: "x".repeat(10 * 1024 * 1024) });
    expect(huge.status).toBe(413);
  });

  it("turns an unexpected exception into a 500 that says nothing of it", async () => {
    const response = await ask("failing");
    const text = await response.text();
    expect(response.status).toBe(500);
    expect(JSON.parse(text)).toMatchObject({
      code: "internal.unexpected",
      request_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(text).not.toMatch(/secret|postgresql/);
  });

  it("turns an error of the domain into its problem document", async () => {
    const response = await ask("rejecting");
    expect([response.status, (await response.json()).code]).toEqual([404, "organization.not_found"]);
  });

  it("lets an endpoint word its refusals in its own way", async () => {
    const response = await ask("worded", { method: "GET" });
    expect(await response.json()).toEqual({ error: "request.method_not_allowed" });
    expect(response.headers.get("allow")).toBe("POST");
  });
});

describe("the public server", () => {
  it.each([
    ["a request line that is none", "nonsense\r\n\r\n", 400],
    ["a broken Content-Length", "POST /orgs/a/echo HTTP/1.1\r\nhost: x\r\ncontent-length: -1\r\n\r\n", 400],
    [
      "two lengths",
      "POST /orgs/a/echo HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n",
      400,
    ],
    ["a NUL in a header", "GET / HTTP/1.1\r\nhost: x\r\nx: a\0b\r\n\r\n", 400],
    ["headers that are too large", `GET / HTTP/1.1\r\nhost: x\r\nx: ${"a".repeat(20_000)}\r\n\r\n`, 431],
  ])("answers %s with a problem document", async (_what, bytes, status) => {
    const socket = connect(port, "127.0.0.1");
    let answer = "";
    socket.on("data", (chunk) => (answer += chunk));
    socket.write(bytes);
    await once(socket, "close");
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(answer).toContain("application/problem+json");
  });

  it.each(["%2e%2e", "a%2fb", "a%00b", "%ff"])("refuses the organization %s as malformed", async (segment) => {
    const socket = connect(port, "127.0.0.1");
    let answer = "";
    socket.on("data", (chunk) => (answer += chunk));
    socket.write(`GET /orgs/${segment}/echo HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`);
    await once(socket, "close");
    expect(answer).toMatch(/^HTTP\/1.1 400 /);
  });
});
