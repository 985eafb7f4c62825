import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";
import { gunzipSync } from "node:zlib";
import { afterEach, beforeAll, expect, it } from "vitest";
import type { Actor } from "#lib/auth/actor.ts";
import { announceOrganizationChanged } from "#lib/db/changes.ts";
import { closeDatabase, database } from "#lib/db/client.ts";
import type { EndpointRequest, EndpointResponse } from "#lib/http/endpoint.ts";
import { mountOnNode } from "#lib/http/node-adapter.ts";
import { defaultJwksEndpoint, jwksEndpoint } from "#lib/jwks/endpoint.ts";
import { dropSigningKey, getSigningKeyStatus, replaceNextKey, rotateSigningKey } from "#lib/keys/service.ts";
import { getTokenSigner } from "#lib/keys/signing.ts";
import { createTestOrganization, describeOnEveryDatabase, useEnvironment } from "../support/database.ts";
import { createNodeVerifiers, createVerifiers } from "../support/verifiers.ts";

const ES256 = { algorithm: "ES256" } as const;

function request(organizationId: string, headers: Record<string, string> = {}, method = "GET"): EndpointRequest {
  return {
    method,
    params: { orgId: organizationId },
    query: new URLSearchParams(),
    header: (name) => headers[name],
    body: new Uint8Array(),
    remoteAddress: "127.0.0.1",
  };
}

async function fetchJwks(organizationId: string, headers?: Record<string, string>): Promise<EndpointResponse> {
  return jwksEndpoint.answer(request(organizationId, headers));
}

async function kidsOf(organizationId: string): Promise<string[]> {
  const { body } = await fetchJwks(organizationId);
  return JSON.parse(String(body)).keys.map((key: { kid: string }) => key.kid);
}

async function fetchedUntil(organizationId: string): Promise<number> {
  const row = await database().organization.findUniqueOrThrow({ where: { id: organizationId } });
  return row.jwksFetchedUntil?.getTime() ?? 0;
}

describeOnEveryDatabase("the JWKS endpoint (https://www.rfc-editor.org/rfc/rfc7517#section-5)", (fixture) => {
  let owner: Actor;
  let server: Server | undefined;

  beforeAll(async () => {
    owner = await createTestOrganization("acme-corp");
    await createTestOrganization("globex");
  });
  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
    server = undefined;
  });

  it("L5, U2, U3, T6: serves current and next key with public members only, to be cached for 15 minutes", async () => {
    const { status, headers, body } = await fetchJwks("acme-corp");
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      "content-type": "application/jwk-set+json",
      "cache-control": "public, max-age=900",
      "access-control-allow-origin": "*",
      "x-content-type-options": "nosniff",
      vary: "accept-encoding",
      etag: expect.stringMatching(/^"[^"]+"$/),
    });
    expect(Object.keys(headers)).not.toContain("set-cookie");
    const { keys } = JSON.parse(String(body));
    const { current_kid, next_kid } = await getSigningKeyStatus(owner);
    expect(keys.map((key: { kid: string }) => key.kid)).toEqual([current_kid, next_kid]);
    for (const key of keys) {
      expect(Object.keys(key).sort()).toEqual(["alg", "e", "kid", "kty", "n", "use"]);
      expect(key).toMatchObject({ kty: "RSA", use: "sig", alg: "RS256", e: "AQAB" });
    }
  });

  it("the root path serves the default organization, and nobody gets another one's keys", async () => {
    const [byPath, byRoot, other] = await Promise.all([
      fetchJwks("acme-corp"),
      defaultJwksEndpoint.answer(request("")),
      fetchJwks("globex"),
    ]);
    expect(byRoot.body).toEqual(byPath.body);
    expect(other.body).not.toEqual(byPath.body);
  });

  it("a second fetch is answered without a promise, by the same prepared value", async () => {
    const first = await fetchJwks("acme-corp");
    const second = jwksEndpoint.answer(request("acme-corp"));
    expect(second).not.toBeInstanceOf(Promise);
    expect(second).toBe(first);
    expect(Object.isFrozen(second)).toBe(true);
  });

  it.each([
    ["the same tag", (tag: string) => tag, 304],
    ["the same tag, weak", (tag: string) => `W/${tag}`, 304],
    ["a list with it", (tag: string) => `"other", W/${tag} ,"more"`, 304],
    ["any", () => "*", 304],
    ["another tag", () => '"other"', 200],
    ["nothing", () => "", 200],
  ])("If-None-Match with %s", async (_title, make, expected) => {
    const { headers } = await fetchJwks("acme-corp");
    const answered = await fetchJwks("acme-corp", { "if-none-match": make(headers.etag ?? "") });
    expect(answered.status).toBe(expected);
    expect(answered.headers.etag).toBe(headers.etag);
    expect(answered.headers["cache-control"]).toBe("public, max-age=900");
    if (expected === 304) expect(answered.body).toBeNull();
  });

  it.each([
    ["gzip", true],
    ["br, GZIP;q=0.5", true],
    ["gzip;q=0", false],
    ["gzip;q=0.000, identity", false],
    ["x-gzipped", false],
    ["br", false],
    ["", false],
  ])("Accept-Encoding: %s", async (accepted, isCompressed) => {
    const plain = await fetchJwks("acme-corp");
    const answered = await fetchJwks("acme-corp", { "accept-encoding": accepted });
    expect(answered.headers["content-encoding"]).toBe(isCompressed ? "gzip" : undefined);
    expect(answered.headers.etag === plain.headers.etag).toBe(!isCompressed);
    if (isCompressed) expect(gunzipSync(answered.body as Uint8Array)).toEqual(plain.body);
  });

  it("OPTIONS tells every origin that it may read; only GET, HEAD and OPTIONS are there", async () => {
    const { status, headers } = await jwksEndpoint.answer(request("acme-corp", {}, "OPTIONS"));
    expect(status).toBe(204);
    expect(headers["access-control-allow-methods"]).toBe("GET, HEAD, OPTIONS");
    expect(jwksEndpoint.methods).toEqual(["GET", "OPTIONS"]);
  });

  it.each(["nobody", "ACME-CORP", "acme-corp/", "", "../globex", "a\0b", "acme-corp%2e", "__proto__", "x".repeat(64)])(
    "an organization %j that does not exist is not found",
    async (organizationId) => {
      await expect(fetchJwks(organizationId)).rejects.toMatchObject({ code: "organization.not_found" });
    },
  );

  it("J11, J14, L8, L9: a rotation keeps the old key in it, the next key was in it already, and a drop takes it out", async () => {
    const before = await kidsOf("acme-corp");
    const tagBefore = (await fetchJwks("acme-corp")).headers.etag;
    const rotated = await rotateSigningKey(owner, { ...ES256, override_reason: "test" });
    expect(before).toContain(rotated.current_kid);
    expect(await kidsOf("acme-corp")).toEqual([rotated.current_kid, rotated.next_kid, rotated.prev_key?.kid]);
    expect((await fetchJwks("acme-corp")).headers.etag).not.toBe(tagBefore);
    await dropSigningKey(owner, { force: true });
    expect(await kidsOf("acme-corp")).toEqual([rotated.current_kid, rotated.next_kid]);
  });

  it("a change that leaves the keys as they are leaves the answer as it is", async () => {
    const before = await fetchJwks("acme-corp");
    await announceOrganizationChanged("acme-corp");
    expect(await fetchJwks("acme-corp")).toBe(before);
  });

  it("a fetch is stored before it is answered, half a minute ahead, once for many, and never lowered", async () => {
    const fresh = await createTestOrganization("fetched");
    expect(await fetchedUntil("fetched")).toBe(0);
    const startedAt = Date.now();
    await Promise.all(Array.from({ length: 20 }, () => fetchJwks("fetched")));
    const stored = await fetchedUntil("fetched");
    expect(stored).toBeGreaterThanOrEqual(startedAt + 30_000);
    expect(stored).toBeLessThanOrEqual(Date.now() + 30_000);
    for (let count = 0; count < 5; count += 1) await fetchJwks("fetched");
    expect(await fetchedUntil("fetched")).toBe(stored);
    await database().organization.update({
      where: { id: "fetched" },
      data: { jwksFetchedUntil: new Date(startedAt + 90_000) },
    });
    await announceOrganizationChanged("fetched");
    await fetchJwks("fetched");
    expect(await fetchedUntil("fetched")).toBe(startedAt + 90_000);
    const { next_key } = await replaceNextKey(fresh, ES256);
    expect(next_key.propagated).toBe(false);
  });

  it("a fetch closes the gate for a next key that is published afterwards, not for the one that was in it", async () => {
    const fresh = await createTestOrganization("gate");
    await fetchJwks("gate");
    await rotateSigningKey(fresh, ES256);
    await setTimeout(5);
    await expect(rotateSigningKey(fresh, ES256)).rejects.toMatchObject({
      code: "key.next_not_propagated",
      details: { seconds_remaining: expect.any(Number) },
    });
  });

  it("a fetch through a cache that has not heard of a change learns of it when it stores the fetch", async () => {
    await createTestOrganization("unheard");
    const before = await kidsOf("unheard");
    // What another machine writes, whose announcement was lost; no fetch is on record.
    await database().signingKey.updateMany({
      where: { organizationId: "unheard", state: "next" },
      data: { state: "previous", activatedAt: new Date(), rotatedAt: new Date() },
    });
    await database().signingKey.updateMany({
      where: { organizationId: "unheard", state: "current" },
      data: { state: "next" },
    });
    await database().signingKey.updateMany({
      where: { organizationId: "unheard", state: "previous" },
      data: { state: "current" },
    });
    await database().organization.update({
      where: { id: "unheard" },
      data: { version: { increment: 1 }, jwksFetchedUntil: null },
    });
    await setTimeout(2500);
    expect(await kidsOf("unheard")).toEqual([...before].reverse());
  });

  it("L9, L10, U4, U15: jose, jwks-rsa and PyJWT verify through a rotation, and fail after the drop", async () => {
    const url = await startServer();
    const publicUrl = `${url}/orgs/globex`;
    const issuer = { issuer: publicUrl, jwksUrl: `${publicUrl}/.well-known/jwks.json`, audience: "api" };
    const globex = { ...owner, organizationId: "globex" };
    const sign = async (): Promise<string> => {
      const now = Math.floor(Date.now() / 1000);
      const claims = { iss: publicUrl, aud: "api", sub: "worker", iat: now, exp: now + 300 };
      return (await getTokenSigner("globex")).sign({ typ: "at+jwt", claims });
    };
    const cached = createNodeVerifiers(issuer);
    const before = await sign();
    for (const verifier of [...cached, ...createVerifiers(issuer)])
      expect(await verifier.verify(before), verifier.name).toBe("worker");
    await rotateSigningKey(globex, { algorithm: "ES512", override_reason: "test" });
    const after = await sign();
    for (const verifier of [...cached, ...createVerifiers(issuer)]) {
      expect(await verifier.verify(after), verifier.name).toBe("worker");
      expect(await verifier.verify(before), verifier.name).toBe("worker");
    }
    // jwks-rsa keeps keys one by one and fetches for each kid; jose keeps the whole set.
    expect(cached[0]?.fetches()).toBe(1);
    await rotateSigningKey(globex, { algorithm: "ES384", override_reason: "test" });
    const p521 = await sign();
    for (const verifier of createVerifiers(issuer)) expect(await verifier.verify(p521), verifier.name).toBe("worker");
    await dropSigningKey(globex, { force: true });
    for (const verifier of createVerifiers(issuer)) {
      await expect(verifier.verify(after), verifier.name).rejects.toThrow();
      expect(await verifier.verify(p521), verifier.name).toBe("worker");
    }
  });

  it("over HTTP: HEAD has the length of GET, 405 names the methods, 404 is not cached", async () => {
    const url = `${await startServer()}/orgs/acme-corp/.well-known/jwks.json`;
    const got = await fetch(url, { headers: { "accept-encoding": "identity" } });
    const head = await fetch(url, { method: "HEAD", headers: { "accept-encoding": "identity" } });
    expect(head.headers.get("content-length")).toBe(got.headers.get("content-length"));
    const posted = await fetch(url, { method: "POST" });
    expect([posted.status, posted.headers.get("allow")]).toEqual([405, "GET, HEAD, OPTIONS"]);
    const missing = await fetch(url.replace("acme-corp", "nobody"));
    expect(missing.status).toBe(404);
    expect(missing.headers.get("content-type")).toBe("application/problem+json");
    expect(missing.headers.get("cache-control")).toBe("no-store");
    expect(await missing.json()).toMatchObject({ code: "organization.not_found", status: 404 });
  });

  it("R10: what was served last is served on while storage is down, quickly, and never an empty set", async () => {
    const before = await fetchJwks("acme-corp");
    await closeDatabase();
    await useEnvironment({ DATABASE_URL: unreachable() });
    const startedAt = performance.now();
    for (let count = 0; count < 20; count += 1) expect((await fetchJwks("acme-corp")).body).toEqual(before.body);
    expect(performance.now() - startedAt).toBeLessThan(3000);
    await expect(fetchJwks("never-seen")).rejects.toMatchObject({
      code: expect.stringMatching(/^(storage|internal)\./),
    });
    await useEnvironment({ DATABASE_URL: fixture.url });
    await setTimeout(1100);
    expect((await fetchJwks("acme-corp")).status).toBe(200);
  });

  function unreachable(): string {
    return fixture.provider === "postgresql" ? "postgresql://postgres@127.0.0.1:9/none" : "file:/dev/null/x.db";
  }

  async function startServer(): Promise<string> {
    const answer = mountOnNode({ "/orgs/{orgId}/.well-known/jwks.json": jwksEndpoint });
    server = createServer((incoming, response) => {
      if (!answer(incoming, response, incoming.url ?? "/")) response.writeHead(404).end();
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }
});
