// Tokens of a certificate that somebody else's tool made, checked by programs that are not ours, on a running server.
import { execFileSync } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decodeProtectedHeader } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ApiAnswer, callApi, fetchAccessToken } from "../support/api-client.ts";
import { type SignetServer, startSignetServer } from "../support/signet-server.ts";
import { createNodeVerifiers, createVerifiers, type Issuer } from "../support/verifiers.ts";

const ORGANIZATION = "acme-corp";
const P384 = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:secp384r1"];
const RSA = ["-newkey", "rsa:2048"];

type Pair = { private_key_pem: string; certificate_pem: string };
type Client = { applicationId: string; id: string; secret: string };

describe("an application with an uploaded certificate", () => {
  const folder = mkdtempSync(join(tmpdir(), "signet-certificates-"));
  let server: SignetServer;
  let admin: string;
  let issuer: Issuer;

  beforeAll(async () => {
    server = await startSignetServer();
    const permissions = "certificates.manage,applications.manage,audit.view";
    admin = server.command("token", "create", "--org", ORGANIZATION, "--permissions", permissions);
    const base = `${server.url}/orgs/${ORGANIZATION}`;
    issuer = { issuer: base, jwksUrl: `${base}/.well-known/jwks.json`, audience: base };
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await server?.stop();
  });

  function makePair(name: string, options: string[]): Pair {
    const [key, certificate] = [join(folder, `${name}.key`), join(folder, `${name}.crt`)];
    const words = ["req", "-x509", ...options, "-nodes", "-days", "30", "-subj", `/CN=${name}`, "-keyout", key];
    execFileSync("openssl", [...words, "-out", certificate], { stdio: "ignore" });
    return { private_key_pem: readFileSync(key, "utf8"), certificate_pem: readFileSync(certificate, "utf8") };
  }

  async function upload(name: string, options: string[]): Promise<{ id: string; kid: string; pair: Pair }> {
    const pair = makePair(name, options);
    const answer = await call("POST", "certificates/upload", { name, ...pair });
    expect(answer.status, answer.text).toBe(201);
    return { id: String(answer.body.id), kid: String(answer.body.kid), pair };
  }

  function call(method: string, path: string, body?: unknown, token = admin): Promise<ApiAnswer> {
    return callApi(server.url, token, { method, path, ...(body === undefined ? {} : { body }) });
  }

  async function createClient(scopes: string[] = []): Promise<Client> {
    const { body } = await call("POST", "applications", { name: "Billing", protocol: "oidc", scopes });
    return { applicationId: String(body.id), id: String(body.client_id), secret: String(body.client_secret) };
  }

  async function assign(client: Client, signing_cert_id: string | null): Promise<void> {
    const path = `applications/${client.applicationId}/signing-certificate`;
    const answer = await call("PUT", path, { signing_cert_id });
    expect(answer.status, answer.text).toBe(200);
    expect(answer.body.signing_cert_id).toBe(signing_cert_id);
  }

  const obtain = (client: Client): Promise<string> => fetchAccessToken(server.url, ORGANIZATION, client);

  it("J3, J26, L3: its tokens verify elsewhere, after a reassignment old and new ones do, after a forced deletion the old fail", async () => {
    const p384 = await upload("signer.example", P384);
    const rsa = await upload("other.example", RSA);
    const client = await createClient();
    const ofDefault = await obtain(client);
    const cached = createNodeVerifiers(issuer);
    for (const verifier of cached) expect(await verifier.verify(ofDefault), verifier.name).toBe(client.id);

    await assign(client, p384.id);
    const { keys } = (await (await fetch(issuer.jwksUrl)).json()) as { keys: Record<string, string & string[]>[] };
    const published = keys.find((key) => key.kid === p384.kid);
    const leaf = new X509Certificate(p384.pair.certificate_pem);
    expect(published).toMatchObject({ kty: "EC", crv: "P-384", alg: "ES384", use: "sig" });
    expect(published?.x5c).toEqual([leaf.raw.toString("base64")]);
    expect(JSON.stringify(keys)).not.toMatch(/"(d|p|q|dp|dq|qi|k)":/);
    const discovery = (await (await fetch(`${issuer.issuer}/.well-known/openid-configuration`)).json()) as object;
    expect(discovery).toMatchObject({ id_token_signing_alg_values_supported: ["ES384", "RS256"] });

    const old = await obtain(client);
    expect(decodeProtectedHeader(old)).toEqual({ alg: "ES384", typ: "at+jwt", kid: p384.kid });
    // The former ones had a JWKS without this key in their caches, and fetch it when they meet the kid.
    for (const verifier of [...cached, ...createVerifiers(issuer)]) {
      expect(await verifier.verify(old), verifier.name).toBe(client.id);
    }

    await assign(client, rsa.id);
    const fresh = await obtain(client);
    expect(decodeProtectedHeader(fresh)).toMatchObject({ alg: "RS256", kid: rsa.kid });
    for (const verifier of createVerifiers(issuer)) {
      for (const token of [old, fresh, ofDefault]) expect(await verifier.verify(token), verifier.name).toBe(client.id);
    }

    const refused = await call("DELETE", `certificates/${p384.id}`);
    expect(refused.body).toMatchObject({ status: 409, code: "certificate.not_safe_to_delete", active_sessions: 1 });
    expect(refused.body.seconds_until_safe).toBeGreaterThan(3000);
    const inUse = await call("DELETE", `certificates/${rsa.id}?force=true`);
    expect(inUse.body).toMatchObject({
      status: 409,
      code: "certificate.in_use",
      applications: [{ id: client.applicationId, name: "Billing", protocol: "oidc" }],
    });
    const deleted = await call("DELETE", `certificates/${p384.id}?force=true`);
    expect(deleted.status, deleted.text).toBe(200);
    for (const verifier of createVerifiers(issuer)) {
      await expect(verifier.verify(old), verifier.name).rejects.toThrow();
      expect(await verifier.verify(fresh), verifier.name).toBe(client.id);
    }
    const both = await call("DELETE", `certificates/${rsa.id}?force=true&reassign=default`);
    expect(both.status, both.text).toBe(200);
    const last = await obtain(client);
    for (const verifier of createVerifiers(issuer)) {
      await expect(verifier.verify(fresh), verifier.name).rejects.toThrow();
      for (const token of [last, ofDefault]) expect(await verifier.verify(token), verifier.name).toBe(client.id);
    }
  });

  it("our own management API takes a token of a certificate's key, and refuses it once the certificate is gone by force", async () => {
    const { id } = await upload("operations.example", P384);
    const client = await createClient(["certificates.view"]);
    await assign(client, id);
    const token = await obtain(client);
    expect(decodeProtectedHeader(token).alg).toBe("ES384");
    expect((await call("GET", "signing-key", undefined, token)).status).toBe(200);
    expect((await call("DELETE", `certificates/${id}?force=true&reassign=default`)).status).toBe(200);
    expect((await call("GET", "signing-key", undefined, token)).status).toBe(401);
  });

  it("J3: the audit log hears soon after a start of a certificate that ends within days, and the server stops at once", async () => {
    const body = { name: "ending.example", key_algorithm: "ecdsa-p256", validity_days: 5 };
    const { body: made } = await call("POST", "certificates", body);
    await server.halt();
    await server.restart();
    const events = async (): Promise<unknown[]> => {
      const { body: page } = await call("GET", "audit-events?action=certificate.expiring");
      return (page.data as { target: { id: string } }[]).filter(({ target }) => target.id === made.id);
    };
    await expect.poll(events, { timeout: 20_000, interval: 500 }).toEqual([
      expect.objectContaining({
        actor: { type: "system", id: "certificate expiry", name: "certificate expiry" },
        target: { type: "certificate", id: made.id, name: "ending.example" },
      }),
    ]);
    const startedAt = performance.now();
    await server.halt();
    expect(performance.now() - startedAt).toBeLessThan(5000);
    await server.restart();
    await new Promise((resolve) => setTimeout(resolve, 6000));
    expect(await events()).toHaveLength(1);
  });

  it("a program that runs wild gets 429 with Retry-After, and the others go on", async () => {
    server.command("org", "create", "wild", "--name", "Wild");
    const token = server.command("token", "create", "--org", "wild", "--permissions", "certificates.manage");
    const look = (): Promise<ApiAnswer> =>
      call("POST", "certificates/preview", { private_key_pem: "x", certificate_pem: "x" }, token);
    const statuses = new Map<number, number>();
    let refused: ApiAnswer | undefined;
    while (refused === undefined && (statuses.get(422) ?? 0) < 2000) {
      for (const answer of await Promise.all(Array.from({ length: 10 }, look))) {
        statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
        if (answer.status === 429) refused = answer;
      }
    }
    expect(statuses.get(422)).toBe(600);
    expect(refused?.body).toMatchObject({ code: "request.too_many", retry_after: expect.any(Number) });
    expect(refused?.headers.get("retry-after")).toBe(String(refused?.body.retry_after));
    const other = await call("POST", "certificates/preview", { private_key_pem: "x", certificate_pem: "x" });
    expect(other.status).toBe(422);
  });

  it("J29: no answer about it, and nothing that the server printed, holds its private key", async () => {
    const { id, pair } = await upload("secret.example", P384);
    const lines = pair.private_key_pem.split("\n").filter((line) => line.length > 40);
    const answers = [
      await call("GET", `certificates/${id}`),
      await call("GET", "certificates?limit=100"),
      await call("GET", "audit-events?limit=100"),
      await call("GET", "applications"),
    ];
    for (const text of [...answers.map((answer) => answer.text), server.output()]) {
      for (const line of lines) expect(text).not.toContain(line);
      expect(text).not.toContain("PRIVATE KEY");
    }
  });
});
