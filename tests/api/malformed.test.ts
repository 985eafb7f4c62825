// Bad input in every place gets a 4xx with a problem document (or RFC 6749's error body), never a 500, and changes nothing.
import { request as httpRequest } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PERMISSIONS } from "#lib/auth/permissions.ts";
import { callApi } from "../support/api-client.ts";
import { type SignetServer, startSignetServer } from "../support/signet-server.ts";

const TEN_MEGABYTES = 10 * 1024 * 1024;

type Raw = { status: number; type: string; text: string };

const JSON_ROUTES = [
  { method: "POST", path: "/api/v1/admin/signing-key/rotate" },
  { method: "PUT", path: "/api/v1/admin/signing-key/next" },
  { method: "POST", path: "/api/v1/admin/applications" },
  { method: "PATCH", path: "/api/v1/admin/applications/{application}" },
  { method: "POST", path: "/api/v1/admin/tokens" },
];

const BAD_BODIES: [string, string | Buffer, string?][] = [
  ["not JSON", "{"],
  ["not UTF-8", Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])],
  ["null", "null"],
  ["an array", "[]"],
  ["a string", '"rotate"'],
  ["a number", "1e999"],
  ["an unknown field", '{"unknown":true}'],
  ["__proto__", '{"__proto__":{"name":"x"},"name":"x"}'],
  ["constructor", '{"constructor":{"prototype":{"x":1}}}'],
  [
    "wrong types",
    '{"name":{"a":1},"algorithm":["RS256"],"permissions":"x","protocol":7,"expected_current_kid":[],"override_reason":{}}',
  ],
  ["a NUL character", '{"name":"a\\u0000b","algorithm":"\\u0000","override_reason":"\\u0000"}'],
  ["a lone surrogate", '{"name":"\\ud800","algorithm":"\\ud800","override_reason":"\\udfff"}'],
  ["100,000 nested arrays", "[".repeat(100_000)],
  ["10 MB", `{"name":"${"x".repeat(TEN_MEGABYTES)}"}`],
  ["a form", "name=x", "application/x-www-form-urlencoded"],
  ["text", "{}", "text/plain"],
];

const BAD_PATHS = [
  "/orgs/acme-corp%00/.well-known/jwks.json",
  "/orgs/%2e%2e/.well-known/jwks.json",
  "/orgs/acme-corp/%2e%2e/.well-known/jwks.json",
  "/orgs/ACME-CORP/.well-known/jwks.json",
  "/orgs/acme-corp/.well-known/jwks.json/",
  "/orgs//.well-known/jwks.json",
  "/orgs/%ff/.well-known/jwks.json",
  "/orgs/%zz/.well-known/jwks.json",
  `/orgs/${"a".repeat(5000)}/.well-known/jwks.json`,
  "/orgs/__proto__/.well-known/jwks.json",
  "/orgs/constructor/.well-known/openid-configuration",
  "/orgs/acme-corp%2f..%2fglobex/.well-known/jwks.json",
  "/api/v1/admin/applications/%00",
  "/api/v1/admin/applications/__proto__",
  "/api/v1/admin/applications/..%2f..%2fsigning-key",
  `/api/v1/admin/applications/${"a".repeat(5000)}`,
  "/api/v1/admin/applications?limit=0",
  "/api/v1/admin/applications?limit=abc",
  "/api/v1/admin/applications?limit=1&limit=2",
  "/api/v1/admin/applications?cursor=%00",
  "/api/v1/admin/applications?cursor=bogus",
  "/api/v1/admin/audit-events?cursor=-1",
  "/api/v1/admin/audit-events?unknown=1",
  "/api/v1/admin/tokens/%00",
  "/api/v1/admin/nothing-here",
  "/api/v2/admin/signing-key",
  "/api/auth/nothing-here",
  "/api",
];

describe("malformed requests", () => {
  let server: SignetServer;
  let admin: string;
  let applicationId: string;

  beforeAll(async () => {
    server = await startSignetServer();
    admin = server.command("token", "create", "--org", "acme-corp", "--permissions", PERMISSIONS.join(","));
    const body = { name: "Target", protocol: "oidc", grant_types: ["client_credentials"] };
    const created = await callApi(server.url, admin, { method: "POST", path: "applications", body });
    applicationId = String(created.body.id);
  });
  afterAll(() => server?.stop());

  /** Sends a path exactly as written, which fetch would normalise. */
  function send(
    method: string,
    path: string,
    headers: Record<string, string> = {},
    body?: string | Buffer,
  ): Promise<Raw> {
    const { hostname, port } = new URL(server.url);
    return new Promise((resolve, reject) => {
      const outgoing = httpRequest({ hostname, port, method, path, headers }, (response) => {
        let text = "";
        response.on("data", (chunk: Buffer) => {
          text += chunk;
        });
        response.on("end", () =>
          resolve({ status: response.statusCode ?? 0, type: response.headers["content-type"] ?? "", text }),
        );
      });
      // A server that refuses a large body early may close the connection while it is still being sent.
      outgoing.on("error", (error: NodeJS.ErrnoException) =>
        ["EPIPE", "ECONNRESET"].includes(error.code ?? "")
          ? resolve({ status: 413, type: "application/problem+json", text: "" })
          : reject(error),
      );
      outgoing.end(body);
    });
  }

  function expectRefusal(answer: Raw): void {
    expect(answer.status, answer.text.slice(0, 300)).toBeGreaterThanOrEqual(400);
    expect(answer.status, answer.text.slice(0, 300)).toBeLessThan(500);
    expect(answer.type).toMatch(/^application\/problem\+json/);
    expect(answer.text).not.toMatch(/\bat .+:\d+:\d+|node_modules|prisma/i);
  }

  for (const { method, path } of JSON_ROUTES) {
    it.each(BAD_BODIES)(`${method} ${path} refuses %s`, async (_title, body, type = "application/json") => {
      const before = await callApi(server.url, admin, { path: "signing-key" });
      const headers = {
        authorization: `Bearer ${admin}`,
        "content-type": type,
        "content-length": String(Buffer.byteLength(body)),
      };
      expectRefusal(await send(method, path.replace("{application}", applicationId), headers, body));
      const after = await callApi(server.url, admin, { path: "signing-key" });
      expect([after.body.current_kid, after.body.next_kid]).toEqual([before.body.current_kid, before.body.next_kid]);
    });
  }

  it.each(BAD_PATHS)("GET %s is refused", async (path) => {
    expectRefusal(await send("GET", path, { authorization: `Bearer ${admin}` }));
  });

  it.each([
    ["a scheme that is not Bearer", "Basic Zm9vOmJhcg=="],
    ["an empty token", "Bearer "],
    ["no JWT", "Bearer not-a-token"],
    ["a token of 9 kB", `Bearer ${"a".repeat(9000)}`],
    ["two tokens", "Bearer a.b.c, Bearer d.e.f"],
    ["broken base64", "Bearer !!!.###.$$$"],
    [
      "JSON null as header",
      `Bearer ${Buffer.from("null").toString("base64url")}.${Buffer.from("{}").toString("base64url")}.AA`,
    ],
  ])("an Authorization header with %s answers 401", async (_title, authorization) => {
    const answer = await send("GET", "/api/v1/admin/signing-key", { authorization });
    expectRefusal(answer);
    expect(answer.status).toBe(401);
  });

  it("a token in the query is not a token", async () => {
    const answer = await send("GET", `/api/v1/admin/signing-key?access_token=${admin}`);
    expect(answer.status).toBe(401);
  });

  it.each(["POST", "PUT", "PATCH", "DELETE"])("the JWKS refuses %s with 405 and Allow", async (method) => {
    expectRefusal(await send(method, "/orgs/acme-corp/.well-known/jwks.json"));
  });

  it.each(["PUT", "PATCH"])("the management API refuses %s where it is not declared, with 405", async (method) => {
    const answer = await send(method, "/api/v1/admin/signing-key", { authorization: `Bearer ${admin}` });
    expectRefusal(answer);
    expect(answer.status).toBe(405);
  });

  it.each([
    "/orgs/acme-corp/oauth/authorize",
    "/orgs/acme-corp/oauth/logout",
    "/sign-in/session",
    "/api/auth/callback/credentials",
  ])("a form of %s that is refused for its size leaves nothing in the way of the next request", async (path) => {
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    for (let round = 0; round < 4; round += 1) {
      expect((await send("POST", path, headers, "x".repeat(400_000))).status).toBe(413);
      const page = await fetch(`${server.url}/sign-in`, { signal: AbortSignal.timeout(5000) });
      expect(page.status).toBe(200);
      await page.arrayBuffer();
    }
  });

  it.each(["/nothing-here", "/nothing-here.txt"])("GET %s answers 404 with a page under the policy", async (path) => {
    const page = await fetch(`${server.url}${path}`);
    expect(page.status).toBe(404);
    expect(page.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
    expect(await page.text()).toContain("</html>");
  });

  it("a hostile Host or forwarding header changes no issuer and no body", async () => {
    const path = "/orgs/acme-corp/.well-known/openid-configuration";
    const honest = await send("GET", path);
    const hostile = await send("GET", path, {
      host: "evil.example",
      "x-forwarded-host": "evil.example",
      "x-forwarded-proto": "gopher",
    });
    expect(hostile.text).toBe(honest.text);
    expect(honest.text).not.toContain("evil");
  });
});
