import { randomBytes } from "node:crypto";
import { decodeJwt } from "jose";
import { beforeAll, expect, it } from "vitest";
import { deleteApplication } from "#lib/applications/service.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { sha256Base64url } from "#lib/crypto/digest.ts";
import { database } from "#lib/db/client.ts";
import { dropSigningKey, rotateSigningKey } from "#lib/keys/service.ts";
import { introspectionEndpoint } from "#lib/oidc/introspection-endpoint.ts";
import { revocationEndpoint } from "#lib/oidc/revocation-endpoint.ts";
import { createToken, revokeToken } from "#lib/tokens/service.ts";
import { createTestOrganization, describeOnEveryDatabase } from "../support/database.ts";
import { callEndpoint } from "../support/endpoint.ts";
import { insertTestSession } from "../support/forged-tokens.ts";
import { basicAuthorization, createTestClient, issueTestToken, type TestClient } from "../support/oidc-client.ts";

const FORM = "application/x-www-form-urlencoded";
const INACTIVE = { status: 200, json: { active: false }, body: '{"active":false}' };

// https://www.rfc-editor.org/rfc/rfc7662 and https://www.rfc-editor.org/rfc/rfc7009
describeOnEveryDatabase("introspection and revocation", () => {
  let owner: Actor;
  let client: TestClient;
  let resource: TestClient;

  beforeAll(async () => {
    owner = await createTestOrganization("acme-corp");
    client = await createTestClient(owner, { name: "Client" });
    resource = await createTestClient(owner, { name: "Resource server" });
  });

  function call(
    endpoint: typeof introspectionEndpoint,
    asking: TestClient,
    form: Record<string, string>,
  ): ReturnType<typeof callEndpoint> {
    const headers = { "content-type": FORM, authorization: basicAuthorization(asking) };
    return callEndpoint(endpoint, {
      orgId: asking.organizationId,
      headers,
      body: new URLSearchParams(form).toString(),
    });
  }
  const introspect = (token: string, asking = resource) => call(introspectionEndpoint, asking, { token });
  const revoke = (token: string, asking = client) => call(revocationEndpoint, asking, { token });

  /** A refresh token of a person's sign-in, as storage has it. */
  async function insertRefreshToken(given: { usedAt?: Date; expiresAt?: Date } = {}) {
    const website = await createTestClient(owner, {
      grant_types: ["authorization_code", "refresh_token"],
      redirect_uris: ["https://app.example/cb"],
    });
    const sessionId = await insertTestSession(owner, website.id);
    const token = randomBytes(32).toString("base64url");
    const times = { createdAt: new Date(), expiresAt: new Date(Date.now() + 60_000), ...given };
    const row = { id: sha256Base64url(token), organizationId: "acme-corp", sessionId, ...times };
    await database().refreshToken.create({ data: row });
    return { token, website, sessionId };
  }

  it("O8: tells a confidential client what a live token says", async () => {
    const { token } = await issueTestToken(client);
    const { iss, sub, aud, exp, iat, jti } = decodeJwt(token);
    const told = { iss, sub, client_id: client.clientId, aud, exp, iat, jti, scope: "read" };
    for (let time = 0; time < 2; time += 1) {
      const { status, headers, json } = await introspect(token);
      expect(status).toBe(200);
      expect(headers).toMatchObject({ "cache-control": "no-store", "content-type": "application/json" });
      expect(json).toEqual({ active: true, token_type: "Bearer", ...told });
    }
    const hinted = await call(introspectionEndpoint, resource, { token, token_type_hint: "refresh_token" });
    expect(hinted.json.active).toBe(true);
  });

  it("O8: says of anything else that it is not active, and nothing more", async () => {
    const stranger = await createTestOrganization("stranger");
    const theirs = await issueTestToken(await createTestClient(stranger));
    const ours = await issueTestToken(client);
    for (const token of [theirs.token, "unknown", "a.b.c", `${ours.token}x`, "x".repeat(8000), "é", "\uFFFF"]) {
      expect(await introspect(token)).toMatchObject(INACTIVE);
    }
    const outsider = await createTestClient(stranger);
    expect(await introspect(ours.token, outsider)).toMatchObject(INACTIVE);
    expect((await introspect(ours.token)).json.active).toBe(true);
    expect(await introspect(ours.token, outsider)).toMatchObject(INACTIVE);
  });

  it("asks who is asking", async () => {
    const { token } = await issueTestToken(client);
    const wrong = await introspect(token, { ...client, secret: "wrong" });
    expect(wrong).toMatchObject({ status: 401, json: { error: "invalid_client" } });
    const unknown = await introspect(token, { ...client, clientId: "unknown" });
    expect(unknown.json).toEqual(wrong.json);
    const open = await createTestClient(owner, {
      confidential: false,
      grant_types: ["authorization_code"],
      redirect_uris: ["https://app.example/cb"],
    });
    const body = new URLSearchParams({ token, client_id: open.clientId }).toString();
    const asked = { orgId: "acme-corp", headers: { "content-type": FORM }, body };
    expect(await callEndpoint(introspectionEndpoint, asked)).toMatchObject({
      status: 401,
      json: { error: "invalid_client" },
    });
    expect(await call(introspectionEndpoint, client, {})).toMatchObject({
      status: 400,
      json: { error: "invalid_request" },
    });
    const nowhere = await introspect(token, { ...client, organizationId: "nobody" });
    expect(nowhere.status).toBe(404);
  });

  it("guessing a secret here is slowed down, and the right one works meanwhile", async () => {
    const guessed = await createTestClient(owner);
    let last = await introspect("x", { ...guessed, secret: "no" });
    for (let tries = 0; tries < 60; tries += 1) last = await introspect("x", { ...guessed, secret: "no" });
    expect(last.status).toBe(429);
    expect(Number(last.headers["retry-after"])).toBeGreaterThan(0);
    expect(await introspect("x", guessed)).toMatchObject(INACTIVE);
  });

  it("O8: a token that its client gave back is not active any more; one of another client stays", async () => {
    const { token } = await issueTestToken(client);
    expect((await introspect(token)).json.active).toBe(true);
    expect(await revoke(token, resource)).toMatchObject({ status: 400, json: { error: "invalid_grant" } });
    expect((await introspect(token)).json.active).toBe(true);
    expect(await revoke(token)).toMatchObject({ status: 200, body: "{}" });
    expect(await introspect(token)).toMatchObject(INACTIVE);
    expect((await revoke(token)).status).toBe(200);
    const next = await issueTestToken(client);
    expect((await introspect(next.token)).json.active).toBe(true);
  });

  it("O8: giving back what nobody knows succeeds, and giving back nothing does not", async () => {
    for (const token of ["unknown", "a.b.c", randomBytes(32).toString("base64url")]) {
      expect((await revoke(token)).status).toBe(200);
    }
    expect(await call(revocationEndpoint, client, {})).toMatchObject({ status: 400 });
    expect((await revoke("x", { ...client, secret: "wrong" })).status).toBe(401);
    expect((await revoke("x", { ...client, organizationId: "nobody" })).status).toBe(404);
  });

  it("a refresh token is told of while it can be used, and giving it back ends its sign-in", async () => {
    const { token, website, sessionId } = await insertRefreshToken();
    const { json } = await introspect(token);
    expect(json).toMatchObject({ active: true, client_id: website.clientId, sub: owner.userId });
    expect(json).not.toHaveProperty("token_type");
    expect((await revoke(token)).status).toBe(400);
    expect((await revoke(token, website)).status).toBe(200);
    expect(await introspect(token)).toMatchObject(INACTIVE);
    const session = await database().session.findFirstOrThrow({ where: { id: sessionId } });
    expect(session.revokedAt).not.toBeNull();
    const event = await database().auditEvent.findFirst({ where: { action: "session.revoked", targetId: sessionId } });
    expect(event?.reason).toBe("The application gave its refresh token back.");
  });

  it("a refresh token that was used or has ended is not active; giving back a used one still ends its sign-in", async () => {
    const used = await insertRefreshToken({ usedAt: new Date() });
    const ended = await insertRefreshToken({ expiresAt: new Date(Date.now() - 1000) });
    expect(await introspect(used.token)).toMatchObject(INACTIVE);
    expect(await introspect(ended.token)).toMatchObject(INACTIVE);
    await revoke(used.token, used.website);
    const session = await database().session.findFirstOrThrow({ where: { id: used.sessionId } });
    expect(session.revokedAt).not.toBeNull();
  });

  it("U1: a personal access token is active until it is revoked, and no client can give it back", async () => {
    const made = await createToken(owner, { name: "CI", permissions: ["audit.view"], expires_in_days: 1 });
    for (let time = 0; time < 2; time += 1) {
      expect((await introspect(made.token)).json).toMatchObject({ active: true, client_id: "signet-portal" });
    }
    expect((await revoke(made.token)).status).toBe(400);
    const row = await database().apiToken.findFirstOrThrow({ where: { id: made.id } });
    expect(row.lastUsedAt).toBeNull();
    await revokeToken(owner, { id: made.id });
    expect(await introspect(made.token)).toMatchObject(INACTIVE);
  });

  it("J17: tokens of a dropped key and of a deleted application are not active from that moment on", async () => {
    const doomed = await createTestClient(owner);
    const gone = await issueTestToken(doomed);
    const { token, kid } = await issueTestToken(client);
    expect([(await introspect(gone.token)).json.active, (await introspect(token)).json.active]).toEqual([true, true]);
    await deleteApplication(owner, { id: doomed.id });
    expect(await introspect(gone.token)).toMatchObject(INACTIVE);
    await rotateSigningKey(owner, { override_reason: "test" });
    expect((await introspect(token)).json.active).toBe(true);
    await dropSigningKey(owner, { kid, force: true });
    expect(await introspect(token)).toMatchObject(INACTIVE);
  });
});
