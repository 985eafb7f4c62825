// Every management route × every role × strangers, over HTTP against the built product.
import { readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PERMISSIONS, permissionsOfRole, ROLES } from "#lib/auth/permissions.ts";
import { type ApiAnswer, callApi, fetchAccessToken } from "../support/api-client.ts";
import { newPair } from "../support/pairs.ts";
import { type SignetServer, startSignetServer } from "../support/signet-server.ts";
import { ROUTE_CASES, type RouteCase } from "./routes.ts";

const ROUTE_FOLDER = "app/api/v1/admin";
const HOME = "acme-corp";
const ELSEWHERE = "globex";

describe("routes × roles × strangers", () => {
  let server: SignetServer;
  let owner: string;
  let stranger: string;
  const tokens = new Map<string, string>();

  beforeAll(async () => {
    server = await startSignetServer();
    const tokenOf = (organization: string, permissions: Iterable<string>): string =>
      server.command("token", "create", "--org", organization, "--permissions", [...permissions].join(","));
    server.command("org", "create", ELSEWHERE, "--name", "Globex");
    owner = tokenOf(HOME, PERMISSIONS);
    stranger = tokenOf(ELSEWHERE, PERMISSIONS);
    for (const role of ROLES) tokens.set(role, tokenOf(HOME, permissionsOfRole(role)));
    // The tokens' own key becomes an older previous one, so that no drop below takes it.
    const rotation = { method: "POST", path: "signing-key/rotate", body: { override_reason: "matrix" } };
    expect((await callApi(server.url, owner, rotation)).status).toBe(200);
  }, 120_000);
  afterAll(() => server?.stop());

  /** Fills the placeholders with things that exist in the home organization. */
  async function prepare(routeCase: RouteCase): Promise<{ method: string; path: string; body?: unknown }> {
    let { path } = routeCase;
    if (path.includes("{application}")) {
      const { body } = await callApi(server.url, owner, {
        method: "POST",
        path: "applications",
        body: { name: "Row", protocol: "oidc", grant_types: ["client_credentials"] },
      });
      const [secret] = body.client_secrets as { id: string }[];
      path = path.replace("{application}", String(body.id)).replace("{secret}", String(secret?.id));
    }
    if (path.includes("{certificate}")) {
      const { body } = await callApi(server.url, owner, {
        method: "POST",
        path: "certificates",
        body: { name: "Row", key_algorithm: "ecdsa-p256" },
      });
      path = path.replace("{certificate}", String(body.id));
    }
    if (path.includes("{token}")) {
      const { body } = await callApi(server.url, owner, {
        method: "POST",
        path: "tokens",
        body: { name: "Row", permissions: ["audit.view"] },
      });
      path = path.replace("{token}", String(body.id));
    }
    if (path.includes("{session}")) path = path.replace("{session}", await beginSession());
    if (path.includes("previous")) {
      const { body } = await callApi(server.url, owner, {
        method: "POST",
        path: "signing-key/rotate",
        body: { override_reason: "matrix" },
      });
      path = path.replace("{previous}", String((body.prev_key as { kid?: string } | null)?.kid));
    }
    const body = routeCase.body === "pair" ? await newPair() : routeCase.body;
    return { method: routeCase.method, path, ...(body ? { body } : {}) };
  }

  /** The id of the session that a new client's first token begins. */
  async function beginSession(): Promise<string> {
    const client = { name: "Row", protocol: "oidc", grant_types: ["client_credentials"] };
    const { body } = await callApi(server.url, owner, { method: "POST", path: "applications", body: client });
    await fetchAccessToken(server.url, HOME, { id: String(body.client_id), secret: String(body.client_secret) });
    const list = await callApi(server.url, owner, { path: `sessions?application_id=${body.id}` });
    return String((list.body.data as { id: string }[])[0]?.id);
  }

  function expectProblem(answer: ApiAnswer, status: number): void {
    expect(answer.status, answer.text).toBe(status);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    expect(answer.body).toMatchObject({ status, code: expect.any(String), request_id: expect.any(String) });
  }

  it("has a row for every route and method", () => {
    const found = readdirSync(ROUTE_FOLDER, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith("route.ts"))
      .flatMap((file) => {
        const source = readFileSync(`${ROUTE_FOLDER}/${file}`, "utf8");
        const declared = source.slice(source.indexOf("methods("));
        return ["GET", "POST", "PUT", "PATCH", "DELETE"]
          .filter((method) => new RegExp(`^\\s+${method}:|\\{ ${method}:|, ${method}:`, "m").test(declared))
          .map((method) => `${method} ${file.replace(/\/route\.ts$/, "")}`);
      });
    expect(ROUTE_CASES.map((row) => `${row.method} ${row.file}`).sort()).toEqual(found.sort());
  });

  for (const row of ROUTE_CASES) {
    const title = `${row.method} ${row.path}`;
    for (const role of ROLES) {
      const isAllowed = row.permissions.some((needed) => [...permissionsOfRole(role)].some((held) => held === needed));
      it(`J5, J6, A1: ${title} as ${role} is ${isAllowed ? "answered" : "refused with 403"}`, async () => {
        const request = await prepare(row);
        const answer = await callApi(server.url, tokens.get(role) ?? null, request);
        if (isAllowed) expect(answer.status, answer.text).toBeLessThan(300);
        else expectProblem(answer, 403);
      });
    }

    it(`A1: ${title} without a token, with a broken one, and as a stranger`, async () => {
      const request = await prepare(row);
      const before = await snapshot();
      expectProblem(await callApi(server.url, null, request), 401);
      expectProblem(await callApi(server.url, `${owner.slice(0, -4)}AAAA`, request), 401);
      if (/\{(application|certificate|token|session|previous)\}/.test(row.path)) {
        const foreign = await callApi(server.url, stranger, request);
        const missing = await callApi(server.url, stranger, { ...request, path: replaceId(request.path) });
        expect([404, 409]).toContain(foreign.status);
        expect({ ...foreign.body, request_id: "" }).toEqual({ ...missing.body, request_id: "" });
      }
      expect(await snapshot()).toEqual(before);
    });
  }

  /** What strangers must leave as it is. */
  async function snapshot(): Promise<unknown> {
    const { body: status } = await callApi(server.url, owner, { path: "signing-key" });
    const { body: applications } = await callApi(server.url, owner, { path: "applications" });
    const { body: certificates } = await callApi(server.url, owner, { path: "certificates?limit=100" });
    return {
      certificates: (certificates.data as { id: string }[]).map(({ id }) => id),
      kids: [status.current_kid, status.next_kid],
      previous: (status.prev_keys as unknown[]).length,
      applications,
    };
  }

  /** The same path with an id of the same shape that nobody has. */
  function replaceId(path: string): string {
    return path.replace(
      /((?:applications|certificates|tokens|sessions|previous)\/[^?/]+)([^?/])/,
      (_whole, start: string, last: string) => start + (last === "a" ? "b" : "a"),
    );
  }
});
