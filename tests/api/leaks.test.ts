// E6: no private key in clear in any response, log line, error or byte of the database.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PERMISSIONS } from "#lib/auth/permissions.ts";
import { callApi, fetchAccessToken } from "../support/api-client.ts";
import { signInOverHttp } from "../support/portal-client.ts";
import { OWNER, type SignetServer, startSignetServer } from "../support/signet-server.ts";

const HOME = "/orgs/acme-corp";
const PAGES = ["", "/signing-keys", "/applications", "/applications/new", "/sessions", "/audit-log", "/settings"];
const API = ["signing-key", "applications", "tokens", "audit-events", "nothing"];
const PUBLIC = [
  "/.well-known/jwks.json",
  `${HOME}/.well-known/jwks.json`,
  `${HOME}/.well-known/openid-configuration`,
  "/api/v1/openapi.json",
  "/healthz",
  "/readyz",
];

describe("private keys", () => {
  const folder = mkdtempSync(join(tmpdir(), "signet-leaks-"));
  let server: SignetServer;
  let secrets: string[];
  let seen: Buffer;

  beforeAll(async () => {
    server = await startSignetServer({
      databaseUrl: `file:${join(folder, "signet.db")}`,
      environment: { SIGNET_LOG_LEVEL: "debug" },
    });
    seen = Buffer.from(await exerciseEverything());
    secrets = execFileSync(
      process.execPath,
      ["--conditions=react-server", "--import", "tsx", "tests/support/print-private-parts.ts"],
      { env: { ...process.env, NODE_OPTIONS: "", ...server.environment }, encoding: "utf8" },
    )
      .trim()
      .split("\n");
  }, 120_000);
  afterAll(async () => {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Rotates through every algorithm, issues, reads every page and route, fails on purpose; returns all that came back. */
  async function exerciseEverything(): Promise<string> {
    const words = ["token", "create", "--org", "acme-corp", "--permissions", PERMISSIONS.join(",")];
    const admin = server.command(...words);
    const texts: string[] = [];
    const created = await callApi(server.url, admin, {
      method: "POST",
      path: "applications",
      body: { name: "Leak", protocol: "oidc", grant_types: ["client_credentials"] },
    });
    const client = { id: String(created.body.client_id), secret: String(created.body.client_secret) };
    for (const algorithm of ["RS512", "ES256", "ES384", "ES512", "RS256"]) {
      const body = { algorithm, override_reason: "leak" };
      texts.push((await callApi(server.url, admin, { method: "POST", path: "signing-key/rotate", body })).text);
      texts.push(await fetchAccessToken(server.url, "acme-corp", client));
    }
    for (const path of API) texts.push((await callApi(server.url, admin, { path })).text);
    for (const body of [{ algorithm: "HS256" }, { algorithm: 7 }, { kid: "x" }]) {
      texts.push((await callApi(server.url, admin, { method: "POST", path: "signing-key/rotate", body })).text);
    }
    for (const path of PUBLIC) texts.push(await (await fetch(`${server.url}${path}`)).text());
    const person = await signInOverHttp(server.url, OWNER);
    for (const page of PAGES) {
      for (const headers of [{}, { rsc: "1" }]) {
        const response = await person.get(`${HOME}/portal${page}`, headers as Record<string, string>);
        expect(response.status, page).toBe(200);
        texts.push(await response.text());
      }
    }
    return [...texts, server.output()].join("\n");
  }

  function searchFor(haystack: Buffer): string[] {
    return secrets.filter((secret) => {
      const bytes = Buffer.from(secret, "base64url");
      const forms = [
        bytes,
        secret,
        bytes.toString("base64"),
        bytes.toString("hex"),
        bytes.toString("hex").toUpperCase(),
      ];
      return forms.some((form) => haystack.includes(form));
    });
  }

  it("the search finds a private key where there is one", () => {
    expect(secrets.length).toBeGreaterThanOrEqual(9);
    const [first = ""] = secrets;
    expect(searchFor(Buffer.from(`…${first}…`))).toEqual([first]);
    expect(searchFor(Buffer.concat([Buffer.from("…"), Buffer.from(first, "base64url")]))).toEqual([first]);
  });

  it("G2, J3, E6: is in no response, no page, no RSC payload and no log line", () => {
    expect(seen.length).toBeGreaterThan(100_000);
    expect(searchFor(seen)).toEqual([]);
    expect(seen.includes("PRIVATE KEY-----")).toBe(false);
    expect(seen.includes(String(server.environment.SIGNET_MASTER_KEY))).toBe(false);
  });

  it("E6: is in no byte of the database", () => {
    const files = readdirSync(folder).map((name) => readFileSync(join(folder, name)));
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) {
      expect(searchFor(file)).toEqual([]);
      expect(file.includes("PRIVATE KEY-----")).toBe(false);
      expect(file.includes(Buffer.from(String(server.environment.SIGNET_MASTER_KEY), "base64"))).toBe(false);
    }
  });
});
