import { decodeJwt, decodeProtectedHeader } from "jose";
import { beforeAll, expect, it } from "vitest";
import { updateApplication } from "#lib/applications/service.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { sha256Base64url } from "#lib/crypto/digest.ts";
import { database } from "#lib/db/client.ts";
import { rotateSigningKey } from "#lib/keys/service.ts";
import { getClientDirectory } from "#lib/oidc/client-directory.ts";
import { exchangeRefreshToken } from "#lib/oidc/refresh-exchange.ts";
import { removeMember } from "#lib/organizations/service.ts";
import { revokeSession } from "#lib/sessions/revocations.ts";
import { createTestMember, createTestOrganization, describeOnEveryDatabase } from "../support/database.ts";
import type { TestClient } from "../support/oidc-client.ts";
import { createSignInClient, refresh, signIn } from "../support/sign-in-client.ts";

const REFUSED = { status: 400, json: { error: "invalid_grant" } };

describeOnEveryDatabase("the exchange of refresh tokens", () => {
  let owner: Actor;
  let person: Actor;
  let client: TestClient;

  beforeAll(async () => {
    owner = await createTestOrganization("acme-corp");
    person = await createTestMember("acme-corp", "auditor");
    client = await createSignInClient(owner);
  });

  async function sessionOf(token: unknown) {
    const { sid } = decodeJwt(String(token)) as { sid: string };
    return database().session.findUniqueOrThrow({ where: { id: sid }, include: { keys: true, refreshTokens: true } });
  }

  it("U1: rotates: new tokens of the same session and a successor with the same absolute end", async () => {
    const first = await signIn(client, person.id);
    const { status, json } = await refresh(client, first.refresh_token);
    expect(status).toBe(200);
    expect(json).toMatchObject({ scope: first.scope, expires_in: 600, token_type: "Bearer" });
    expect(json.refresh_token).not.toBe(first.refresh_token);
    const [before, after] = [decodeJwt(String(first.id_token)), decodeJwt(String(json.id_token))];
    expect(after).toMatchObject({ iss: before.iss, sub: before.sub, aud: before.aud, sid: before.sid });
    expect(after.auth_time).toBe(before.auth_time);
    expect(after).not.toHaveProperty("nonce");
    expect(decodeJwt(String(json.access_token))).toMatchObject({ sub: person.id, sid: before.sid });
    const { refreshTokens } = await sessionOf(json.access_token);
    expect(refreshTokens).toHaveLength(2);
    expect(new Set(refreshTokens.map(({ expiresAt }) => expiresAt.getTime())).size).toBe(1);
    expect((await refresh(client, json.refresh_token)).status).toBe(200);
  });

  it("reuse of a used one revokes the whole family, and is audited once", async () => {
    const first = await signIn(client, person.id);
    const second = await refresh(client, first.refresh_token);
    expect(await refresh(client, first.refresh_token)).toMatchObject(REFUSED);
    expect(await refresh(client, second.json.refresh_token)).toMatchObject(REFUSED);
    expect(await refresh(client, first.refresh_token)).toMatchObject(REFUSED);
    const { id, revokedAt } = await sessionOf(first.access_token);
    expect(revokedAt).not.toBeNull();
    expect(await database().auditEvent.count({ where: { action: "session.revoked", targetId: id } })).toBe(1);
  });

  it("used 20 times at once it never leaves two live families", async () => {
    for (let round = 0; round < 3; round += 1) {
      const first = await signIn(client, person.id);
      const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(client, first.refresh_token)));
      const successes = answers.filter(({ status }) => status === 200);
      expect(successes.length).toBeLessThanOrEqual(1);
      expect(answers.filter(({ json }) => json.error === "invalid_grant")).toHaveLength(20 - successes.length);
      for (const { json } of successes) expect(await refresh(client, json.refresh_token)).toMatchObject(REFUSED);
      const session = await sessionOf(first.access_token);
      expect(session.revokedAt).not.toBeNull();
      expect(session.refreshTokens.filter(({ usedAt }) => usedAt === null).length).toBeLessThanOrEqual(1);
    }
  });

  it("the scope may become smaller for one token, never larger, and a refused one costs nothing", async () => {
    const first = await signIn(client, person.id, "openid email read");
    const tooMuch = await refresh(client, first.refresh_token, { scope: "openid profile" });
    expect(tooMuch).toMatchObject({ status: 400, json: { error: "invalid_scope" } });
    const smaller = await refresh(client, first.refresh_token, { scope: "read" });
    expect(smaller.json.scope).toBe("read");
    expect(smaller.json).not.toHaveProperty("id_token");
    expect((await refresh(client, smaller.json.refresh_token)).json.scope).toBe("openid email read");
  });

  it("a scope that the application lost is gone with the next refresh", async () => {
    const losing = await createSignInClient(owner, { scopes: ["read", "write"] });
    const first = await signIn(losing, person.id, "openid read write");
    await updateApplication(owner, { id: losing.id, scopes: ["read"] });
    expect((await refresh(losing, first.refresh_token)).json.scope).toBe("openid read");
  });

  it("is refused to another client, to another organization, to who is disabled or gone, and after a revocation", async () => {
    const other = await createSignInClient(owner);
    const { refresh_token, access_token } = await signIn(client, person.id);
    expect(await refresh(other, refresh_token)).toMatchObject(REFUSED);
    const stranger = await createTestOrganization("stranger");
    expect(await refresh(await createSignInClient(stranger), refresh_token)).toMatchObject(REFUSED);
    expect((await sessionOf(access_token)).revokedAt).toBeNull();
    expect(await refresh(client, "unknown")).toMatchObject(REFUSED);
    expect(await refresh(client, "")).toMatchObject({ status: 400, json: { error: "invalid_request" } });

    const leaver = await createTestMember("acme-corp", "auditor");
    const theirs = await signIn(client, leaver.id);
    await removeMember(owner, { user_id: leaver.id });
    expect(await refresh(client, theirs.refresh_token)).toMatchObject(REFUSED);
    expect((await sessionOf(theirs.access_token)).revokedAt).not.toBeNull();

    const disabled = await createTestMember("acme-corp", "auditor");
    const last = await signIn(client, disabled.id);
    await database().user.update({ where: { id: disabled.id }, data: { disabledAt: new Date() } });
    expect(await refresh(client, last.refresh_token)).toMatchObject(REFUSED);

    await revokeSession("acme-corp", (await sessionOf(access_token)).id);
    expect(await refresh(client, refresh_token)).toMatchObject(REFUSED);
  });

  it("ends absolutely, however often it was refreshed", async () => {
    const short = await createSignInClient(owner, { refresh_token_expiry_secs: 3600 });
    const { refresh_token } = await signIn(short, person.id);
    const known = (await getClientDirectory("acme-corp"))?.get(short.clientId);
    if (known === undefined) throw new Error("the client is not known");
    const at = (seconds: number) => new Date(Date.now() + seconds * 1000);
    const form = (token: unknown) => new Map([["refresh_token", String(token)]]);
    const second = await exchangeRefreshToken("acme-corp", known, form(refresh_token), at(3500));
    expect(second).toMatchObject({ refreshToken: expect.any(String) });
    const successor = "refreshToken" in second ? second.refreshToken : "";
    expect(await exchangeRefreshToken("acme-corp", known, form(successor), at(3601))).toMatchObject({
      error: "invalid_grant",
    });
  });

  it("J14, U16: after a rotation the next tokens are of the new key, and the old key's end in the session stays", async () => {
    const first = await signIn(client, person.id);
    await rotateSigningKey(owner, { override_reason: "a test of refreshing" });
    const { json } = await refresh(client, first.refresh_token);
    const [before, after] = [first, json].map(({ access_token }) => decodeProtectedHeader(String(access_token)).kid);
    expect(after).not.toBe(before);
    const { keys } = await sessionOf(json.access_token);
    expect(keys).toHaveLength(2);
    for (const { expiresAt } of keys) expect(expiresAt.getTime()).toBeGreaterThan(Date.now());
  });

  it("a session's end for a key never moves back when the application's expiry is lowered", async () => {
    const lowered = await createSignInClient(owner, { token_expiry_secs: 3600, id_token_expiry_secs: 3600 });
    const first = await signIn(lowered, person.id);
    const [before] = (await sessionOf(first.access_token)).keys;
    await updateApplication(owner, { id: lowered.id, token_expiry_secs: 300, id_token_expiry_secs: 300 });
    const { json } = await refresh(lowered, first.refresh_token);
    expect(json.expires_in).toBe(300);
    expect((await sessionOf(json.access_token)).keys).toEqual([before]);
  });

  it("storage holds hashes of refresh tokens, never the tokens", async () => {
    const { refresh_token } = await signIn(client, person.id);
    const rows = await database().refreshToken.findMany();
    expect(rows.map(({ id }) => id)).toContain(sha256Base64url(String(refresh_token)));
    expect(JSON.stringify(rows)).not.toContain(refresh_token);
  });
});
