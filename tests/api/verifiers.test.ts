// The promise itself, checked by programs that are not ours: https://www.rfc-editor.org/rfc/rfc7517 and a running server.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { callApi, fetchAccessToken } from "../support/api-client.ts";
import { type SignetServer, startSignetServer } from "../support/signet-server.ts";
import { createNodeVerifiers, createVerifiers, type Issuer } from "../support/verifiers.ts";

const ORGANIZATION = "acme-corp";
const REASON = "a test rotates before every cache has expired";

describe("tokens through a rotation and a drop", () => {
  let server: SignetServer;
  let admin: string;
  let issuer: Issuer;
  let client: { id: string; secret: string };

  beforeAll(async () => {
    server = await startSignetServer();
    admin = server.command(
      "token",
      "create",
      "--org",
      ORGANIZATION,
      "--permissions",
      "certificates.manage,applications.manage",
    );
    const { body } = await callApi(server.url, admin, {
      method: "POST",
      path: "applications",
      body: { name: "Billing worker", protocol: "oidc", grant_types: ["client_credentials"] },
    });
    client = { id: String(body.client_id), secret: String(body.client_secret) };
    const base = `${server.url}/orgs/${ORGANIZATION}`;
    // The drops below take away whatever signed before; the management token must not go with it.
    await callApi(server.url, admin, { method: "POST", path: "signing-key/rotate", body: { override_reason: REASON } });
    issuer = { issuer: base, jwksUrl: `${base}/.well-known/jwks.json`, audience: base };
  });
  afterAll(() => server?.stop());

  it.each(["RS256", "ES256", "ES512"])(
    "J11, J17, L7, L8, L10, T9, U15: a token of before a rotation verifies after it and fails after the drop (next: %s)",
    async (algorithm) => {
      const cached = createNodeVerifiers(issuer);
      const before = await fetchAccessToken(server.url, ORGANIZATION, client);
      for (const verifier of [...cached, ...createVerifiers(issuer)]) {
        expect(await verifier.verify(before), verifier.name).toBe(client.id);
      }
      const { body: status } = await callApi(server.url, admin, { path: "signing-key" });
      const rotated = await callApi(server.url, admin, {
        method: "POST",
        path: "signing-key/rotate",
        body: { expected_current_kid: status.current_kid, algorithm, override_reason: REASON },
      });
      expect(rotated.status, rotated.text).toBe(200);
      expect(rotated.body.current_kid).toBe(status.next_kid);

      const after = await fetchAccessToken(server.url, ORGANIZATION, client);
      for (const verifier of createVerifiers(issuer)) {
        expect(await verifier.verify(before), `${verifier.name}, token of before`).toBe(client.id);
        expect(await verifier.verify(after), `${verifier.name}, token of after`).toBe(client.id);
      }
      // L8: the next key was in the JWKS that these fetched before the rotation.
      for (const verifier of cached) {
        expect(await verifier.verify(after), verifier.name).toBe(client.id);
        // jwks-rsa remembers single keys, not the set, and so fetches for every kid that it meets first.
        if (verifier.name === "jose") expect(verifier.fetches(), "fetched again").toBe(1);
      }

      const refused = await callApi(server.url, admin, { method: "DELETE", path: "signing-key/previous" });
      expect(refused.status).toBe(409);
      expect(refused.body).toMatchObject({ code: "key.not_safe_to_drop", active_sessions: 1 });
      const dropped = await callApi(server.url, admin, { method: "DELETE", path: "signing-key/previous?force=true" });
      expect(dropped.status, dropped.text).toBe(200);
      for (const verifier of createVerifiers(issuer)) {
        await expect(verifier.verify(before), verifier.name).rejects.toThrow();
        expect(await verifier.verify(after), verifier.name).toBe(client.id);
      }
    },
  );

  it("U2, L5: the JWKS is public, cached for 900 seconds, revalidated by ETag, and the root path serves the default organization", async () => {
    const first = await fetch(issuer.jwksUrl);
    expect(first.headers.get("cache-control")).toBe("public, max-age=900");
    expect(first.headers.get("access-control-allow-origin")).toBe("*");
    expect(first.headers.get("set-cookie")).toBeNull();
    const etag = first.headers.get("etag") ?? "";
    expect(etag).toMatch(/^"[^"]+"$/);
    const again = await fetch(issuer.jwksUrl, { headers: { "if-none-match": etag } });
    expect(again.status).toBe(304);
    const root = await fetch(`${server.url}/.well-known/jwks.json`);
    expect(await root.json()).toEqual(await first.json());
  });
});
