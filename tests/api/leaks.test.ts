// E6: no private key in clear in any response, log line, error or byte of the database.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PERMISSIONS } from "#lib/auth/permissions.ts";
import { callApi, fetchAccessToken } from "../support/api-client.ts";
import { EC, openWorkbench, RSA, uploadTools } from "../support/pairs.ts";
import { signInOverHttp } from "../support/portal-client.ts";
import { OWNER, type SignetServer, startSignetServer } from "../support/signet-server.ts";

const HOME = "/orgs/acme-corp";
const PAGES = ["", "/signing-keys", "/applications", "/applications/new", "/sessions", "/audit-log", "/settings"];
const CERTIFICATE_PAGES = ["", "/new", "/upload"];
const API = [
  "certificates",
  "certificates?state=deleted",
  "signing-key",
  "applications",
  "tokens",
  "audit-events",
  "nothing",
];
/** A block with a body; the form of an upload shows an empty one as a hint. */
const PRIVATE_BLOCK = /PRIVATE KEY-----(?:\s|\\[nr]|&#\w+;)*[A-Za-z0-9+/]{16}/;
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
    const certificates = await exerciseCertificates(admin, texts);
    texts.push((await callApi(server.url, admin, { path: "audit-events?limit=100" })).text);
    const person = await signInOverHttp(server.url, OWNER);
    for (const page of [...PAGES, ...certificates]) {
      for (const headers of [{}, { rsc: "1" }]) {
        const response = await person.get(`${HOME}/portal${page}`, headers as Record<string, string>);
        expect(response.status, page).toBe(200);
        texts.push(await response.text());
      }
    }
    return [...texts, server.output()].join("\n");
  }

  /** Generates, uploads, looks, renews, fails and fetches files; returns the pages of what was made. */
  async function exerciseCertificates(admin: string, texts: string[]): Promise<string[]> {
    const pages = CERTIFICATE_PAGES.map((page) => `/certificates${page}`);
    const call = async (method: string, path: string, body?: unknown): Promise<Record<string, unknown>> => {
      const answer = await callApi(server.url, admin, { method, path, ...(body === undefined ? {} : { body }) });
      texts.push(answer.text);
      return answer.body;
    };
    const made = await Promise.all(
      ["rsa2048", "rsa4096", "ecdsa-p256", "ecdsa-p384"].map((key_algorithm) =>
        call("POST", "certificates", { name: key_algorithm, key_algorithm }),
      ),
    );
    for (const upload of makeUploads()) {
      await call("POST", "certificates/preview", upload);
      const isEncrypted = upload.passphrase !== undefined;
      for (const passphrase of isEncrypted ? ["open", "Sesame"] : [])
        await call("POST", "certificates/upload", { ...upload, passphrase });
      await call("POST", "certificates/upload", { ...upload, certificate_pem: made[0]?.cert_pem });
      made.push(await call("POST", "certificates/upload", upload));
      await call("POST", "certificates/upload", upload);
    }
    const ids = made.map(({ id }) => String(id)).filter((id) => id !== "undefined");
    expect(ids).toHaveLength(7);
    for (const id of ids) {
      await call("POST", `certificates/${id}/renew`, { validity_days: 30 });
      for (const query of ["", "?format=pem", "?format=chain", "?format=der"]) {
        await call("GET", `certificates/${id}${query}`);
      }
      await call("DELETE", `certificates/${id}?dry_run=true`);
      pages.push(`/certificates/${id}`);
    }
    return pages;
  }

  /** Plain, encrypted, and both halves in the field that is not for the key. */
  function makeUploads(): Record<string, string>[] {
    const bench = openWorkbench();
    const { makePair } = uploadTools(bench, new Date());
    makePair("rsa", RSA);
    makePair("ec", EC);
    makePair("locked", EC);
    const words = ["-topk8", "-in", "locked.key", "-passout", "pass:open sesame", "-out", "encrypted.key"];
    bench.run("pkcs8", ...words);
    const uploads = [
      { name: "plain", private_key_pem: bench.read("rsa.key"), certificate_pem: bench.read("rsa.crt") },
      { name: "swapped", private_key_pem: "below", certificate_pem: bench.read("ec.key") + bench.read("ec.crt") },
      {
        ...{ name: "encrypted", passphrase: "open sesame" },
        ...{ private_key_pem: bench.read("encrypted.key"), certificate_pem: bench.read("locked.crt") },
      },
    ];
    bench.remove();
    return uploads;
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
    // Numbers of more than ten keys, and lines of their PEM.
    expect(secrets.length).toBeGreaterThanOrEqual(150);
    const [first = ""] = secrets;
    // A line of the PEM can lie inside the number.
    expect(searchFor(Buffer.from(`…${first}…`))).toContain(first);
    expect(searchFor(Buffer.concat([Buffer.from("…"), Buffer.from(first, "base64url")]))).toContain(first);
    const [last = ""] = secrets.slice(-1);
    expect(searchFor(Buffer.from(`-----BEGIN PRIVATE KEY-----\n${last}\n`))).toContain(last);
    for (const text of ["-----BEGIN PRIVATE KEY-----\n", "BEGIN EC PRIVATE KEY-----\\r\\n"]) {
      expect(PRIVATE_BLOCK.test(`${text}${last}`)).toBe(true);
    }
  });

  it("G2, J3, J29, E6: is in no response, no page, no RSC payload and no log line", () => {
    expect(seen.length).toBeGreaterThan(100_000);
    expect(searchFor(seen)).toEqual([]);
    expect(PRIVATE_BLOCK.test(seen.toString("latin1"))).toBe(false);
    expect(seen.includes("open sesame")).toBe(false);
    expect(seen.includes(String(server.environment.SIGNET_MASTER_KEY))).toBe(false);
  });

  it("E6: is in no byte of the database", () => {
    const files = readdirSync(folder).map((name) => readFileSync(join(folder, name)));
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) {
      expect(searchFor(file)).toEqual([]);
      expect(file.includes("PRIVATE KEY-----")).toBe(false);
      expect(file.includes("open sesame")).toBe(false);
      expect(file.includes(Buffer.from(String(server.environment.SIGNET_MASTER_KEY), "base64"))).toBe(false);
    }
  });
});
