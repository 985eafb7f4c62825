import { beforeAll, expect, it } from "vitest";
import type { Actor } from "#lib/auth/actor.ts";
import { AppError } from "#lib/errors.ts";
import type { Endpoint } from "#lib/http/endpoint.ts";
import { replaceNextKey, rotateSigningKey } from "#lib/keys/service.ts";
import { getTokenSigner, type TokenSigner } from "#lib/keys/signing.ts";
import { introspectionEndpoint } from "#lib/oidc/introspection-endpoint.ts";
import { revocationEndpoint } from "#lib/oidc/revocation-endpoint.ts";
import { tokenEndpoint } from "#lib/oidc/token-endpoint.ts";
import { userinfoEndpoint } from "#lib/oidc/userinfo-endpoint.ts";
import { createTestOrganization, describeOnEveryDatabase } from "../support/database.ts";
import { callEndpoint } from "../support/endpoint.ts";
import { createTestClient, type TestClient } from "../support/oidc-client.ts";

const FLOOD = 1500;

describeOnEveryDatabase("one organization among others", () => {
  let owner: Actor;

  beforeAll(async () => {
    owner = await createTestOrganization("acme-corp");
  });

  async function signerOf(organizationId: string, algorithm: "RS256" | "ES256", rsa_bits?: 4096): Promise<TokenSigner> {
    const actor = await createTestOrganization(organizationId);
    await replaceNextKey(actor, { algorithm, ...(rsa_bits === undefined ? {} : { rsa_bits }) });
    await rotateSigningKey(actor, { override_reason: "test" });
    const signer = await getTokenSigner(organizationId);
    await sign(signer);
    return signer;
  }

  function sign(signer: TokenSigner): Promise<string> {
    return signer.sign({ typ: "at+jwt", claims: { exp: Math.floor(Date.now() / 1000) + 30 } });
  }

  it("A5: a flood of RSA 4096 signatures of one organization neither starves another nor waits without bound", async () => {
    const heavy = await signerOf("heavy", "RS256", 4096);
    const light = await signerOf("light", "RS256");
    const fast = await signerOf("fast", "ES256");
    let signed = 0;
    const refusals: unknown[] = [];
    const flood = Array.from({ length: FLOOD }, () =>
      sign(heavy).then(
        () => {
          signed += 1;
        },
        (error: unknown) => void refusals.push(error),
      ),
    );
    for (let count = 0; count < 5; count += 1) {
      await sign(light);
      await sign(fast);
    }
    // Without turns, all of the flood would have been signed first.
    expect(signed).toBeLessThan(200);
    await Promise.all(flood);
    expect(signed).toBeGreaterThanOrEqual(1000);
    expect(refusals.length).toBe(FLOOD - signed);
    expect(refusals.length).toBeGreaterThan(400);
    for (const refusal of refusals) expect(refusal).toMatchObject({ code: "request.too_many" });
  });

  it.each(Object.entries({ tokenEndpoint, introspectionEndpoint, revocationEndpoint, userinfoEndpoint }))(
    "A5: %s says in the words of OAuth when to try again",
    (_name, { refuse }) => {
      const error = new AppError("request.too_many", "Too much.", { details: { retry_after: 3 } });
      const answer = refuse?.(error);
      expect(answer).toMatchObject({ status: 429, headers: { "retry-after": "3" } });
      expect(JSON.parse(answer?.body ?? "")).toMatchObject({ error: "temporarily_unavailable" });
    },
  );

  it("A5, O7: who guesses at many clients from one network is slowed down; others and right secrets are not", async () => {
    const clients = await Promise.all(Array.from({ length: 7 }, () => createTestClient(owner)));
    const guess = (client: TestClient, address: string) =>
      callEndpoint(tokenEndpoint, {
        orgId: "acme-corp",
        address,
        headers: { "content-type": "application/x-www-form-urlencoded" },
        body: `grant_type=client_credentials&client_id=${client.clientId}&client_secret=${client.secret}`,
      });
    const wrong = (client: TestClient): TestClient => ({ ...client, secret: "wrong" });
    const network = `2001:db8:${crypto.randomUUID().slice(0, 4)}:1`;
    const statuses: number[] = [];
    for (let tries = 0; tries < 310; tries += 1) {
      const client = clients[tries % 7];
      if (client) statuses.push((await guess(wrong(client), `${network}::${tries.toString(16)}`)).status);
    }
    expect(statuses.slice(0, 300)).not.toContain(429);
    expect(statuses.slice(300)).not.toContain(401);
    const [first] = clients;
    if (!first) throw new Error("no client");
    const slowed = await guess(wrong(first), `${network}::1`);
    expect(Number(slowed.headers["retry-after"])).toBeGreaterThan(0);
    expect(slowed.json).toMatchObject({ error: "invalid_client" });
    expect((await guess(first, `${network}::1`)).status).toBe(200);
    expect((await guess(wrong(first), "192.0.2.77")).status).toBe(401);
  });

  it("A5: who guesses at tokens in the name of a public client is slowed down, its people elsewhere and secrets are not", async () => {
    const fields = { grant_types: ["authorization_code", "refresh_token"], redirect_uris: ["https://app.example/cb"] };
    const open = await createTestClient(owner, { ...fields, confidential: false });
    const proven = await createTestClient(owner, fields);
    const ask = (endpoint: Endpoint, address: string, form: Record<string, string>) =>
      callEndpoint(endpoint, {
        orgId: "acme-corp",
        address,
        headers: { "content-type": "application/x-www-form-urlencoded" },
        body: new URLSearchParams(form).toString(),
      });
    const refresh = { grant_type: "refresh_token", refresh_token: "x".repeat(43), client_id: open.clientId };
    const giveBack = { token: "x".repeat(43), client_id: open.clientId };
    const network = `2001:db8:${crypto.randomUUID().slice(0, 4)}:2`;
    for (let tries = 0; tries < 300; tries += 1) {
      expect((await ask(tokenEndpoint, `${network}::${tries.toString(16)}`, refresh)).status).toBe(400);
      expect((await ask(revocationEndpoint, `${network}::${tries.toString(16)}`, giveBack)).status).toBe(200);
    }
    const slowed = await ask(tokenEndpoint, `${network}::1`, refresh);
    expect(slowed).toMatchObject({ status: 429, json: { error: "temporarily_unavailable" } });
    expect(Number(slowed.headers["retry-after"])).toBeGreaterThan(0);
    expect((await ask(revocationEndpoint, `${network}::1`, giveBack)).status).toBe(429);
    expect((await ask(tokenEndpoint, "192.0.2.78", refresh)).status).toBe(400);
    const withSecret = { ...refresh, client_id: proven.clientId, client_secret: proven.secret };
    expect((await ask(tokenEndpoint, `${network}::1`, withSecret)).status).toBe(400);
  });
});
