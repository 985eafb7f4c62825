import { beforeAll, expect, it, vi } from "vitest";
import type { Actor } from "#lib/auth/actor.ts";
import { database } from "#lib/db/client.ts";
import { userinfoEndpoint } from "#lib/oidc/userinfo-endpoint.ts";
import { removeMember } from "#lib/organizations/service.ts";
import { revokeSession } from "#lib/sessions/revocations.ts";
import { createTestMember, createTestOrganization, describeOnEveryDatabase } from "../support/database.ts";
import { callEndpoint } from "../support/endpoint.ts";
import { type Claims, insertTestSession, signAsOrganization } from "../support/forged-tokens.ts";
import { createTestClient, issueTestToken, type TestClient } from "../support/oidc-client.ts";

const ISSUER = "http://localhost:3000/orgs/acme-corp";
const FORM = "application/x-www-form-urlencoded";

// https://openid.net/specs/openid-connect-core-1_0.html#UserInfo and https://www.rfc-editor.org/rfc/rfc6750
describeOnEveryDatabase("userinfo", () => {
  let owner: Actor;
  let website: TestClient;

  beforeAll(async () => {
    owner = await createTestOrganization("acme-corp");
    const grant_types = ["authorization_code"];
    website = await createTestClient(owner, { grant_types, redirect_uris: ["https://app.example/cb"] });
  });

  async function tokenOf(person: Actor, scope: string, changes: Claims = {}): Promise<string> {
    const seconds = Math.floor(Date.now() / 1000);
    const sid = await insertTestSession(person, website.id);
    const about = { iss: ISSUER, aud: ISSUER, sub: person.userId, client_id: website.clientId, sid, scope };
    const rest = { jti: crypto.randomUUID(), iat: seconds, exp: seconds + 300, ...changes };
    return signAsOrganization("acme-corp", { ...about, ...rest });
  }

  function ask(token: string, orgId = "acme-corp"): ReturnType<typeof callEndpoint> {
    return callEndpoint(userinfoEndpoint, { orgId, headers: { authorization: `Bearer ${token}` } });
  }

  it("O9: tells who the person is, as far as the scopes go, to whoever brings the token from wherever", async () => {
    const { status, headers, json } = await ask(await tokenOf(owner, "openid profile email"));
    expect(status).toBe(200);
    const name = "owner of acme-corp";
    expect(json).toEqual({ sub: owner.userId, name, email: owner.name, email_verified: false });
    expect(headers).toMatchObject({ "cache-control": "no-store", "access-control-allow-origin": "*" });
    expect((await ask(await tokenOf(owner, "openid"))).json).toEqual({ sub: owner.userId });
    expect((await ask(await tokenOf(owner, "openid profile"))).json).toEqual({ sub: owner.userId, name });
  });

  it("takes the token from the header or a form, never from both and never from the address", async () => {
    const token = await tokenOf(owner, "openid");
    const [method, body] = ["POST", `access_token=${token}`];
    const authorization = `Bearer ${token}`;
    const post = (headers: Record<string, string>) =>
      callEndpoint(userinfoEndpoint, { orgId: "acme-corp", method, body, headers });
    expect((await post({ "content-type": FORM })).json).toEqual({ sub: owner.userId });
    const twice = await post({ "content-type": FORM, authorization });
    expect(twice).toMatchObject({ status: 400, json: { error: "invalid_request" } });
    expect((await post({ "content-type": "text/plain" })).status).toBe(401);
    const bare = await callEndpoint(userinfoEndpoint, { orgId: "acme-corp", method, headers: { authorization } });
    expect(bare.json).toEqual({ sub: owner.userId });
    const query = new URLSearchParams({ access_token: token });
    const inAddress = await callEndpoint(userinfoEndpoint, { orgId: "acme-corp", query });
    expect(inAddress).toMatchObject({ status: 400, json: { error: "invalid_request" } });
  });

  it("without a token names the scheme and nothing else", async () => {
    for (const authorization of [undefined, "", "Basic YTpi"]) {
      const headers: Record<string, string> = authorization === undefined ? {} : { authorization };
      const { status, headers: answered, json } = await callEndpoint(userinfoEndpoint, { orgId: "acme-corp", headers });
      expect(status).toBe(401);
      expect(answered["www-authenticate"]).toBe('Bearer realm="signet"');
      expect(json).toEqual({});
    }
  });

  it("what is no token is invalid, and a token without openid has not enough scope", async () => {
    for (const token of ["x", "a.b.c", "a b", `${"a".repeat(9000)}.b.c`]) {
      const { status, headers } = await ask(token);
      expect(status).toBe(401);
      expect(headers["www-authenticate"]).toMatch(/^Bearer realm="signet", error="invalid_token"/);
    }
    const { status, headers } = await ask(await tokenOf(owner, "profile email"));
    expect(status).toBe(403);
    expect(headers["www-authenticate"]).toMatch(/error="insufficient_scope".*scope="openid"/);
    const machine = await issueTestToken(await createTestClient(owner));
    expect((await ask(machine.token)).status).toBe(403);
  });

  it("a browser may ask first what it may send", async () => {
    const { status, headers } = await callEndpoint(userinfoEndpoint, { orgId: "acme-corp", method: "OPTIONS" });
    expect(status).toBe(204);
    expect(headers).toMatchObject({
      "access-control-allow-origin": "*",
      "access-control-allow-headers": "authorization, content-type",
    });
  });

  it("a revoked session, a person who was removed or disabled, and a token older than the membership get nothing", async () => {
    const member = await createTestMember("acme-corp", "auditor");
    const sid = await insertTestSession(member, website.id);
    const token = await tokenOf(member, "openid", { sid });
    expect((await ask(token)).status).toBe(200);
    await revokeSession("acme-corp", sid);
    expect((await ask(token)).status).toBe(401);
    const other = await tokenOf(member, "openid");
    expect((await ask(other)).status).toBe(200);
    await removeMember(owner, { user_id: member.userId ?? "" });
    expect((await ask(other)).status).toBe(401);
    const early = await tokenOf(await createTestMember("acme-corp", "auditor", new Date(Date.now() + 5000)), "openid");
    expect((await ask(early)).status).toBe(401);
    const disabled = await createTestMember("acme-corp", "auditor");
    await database().user.update({ where: { id: disabled.userId ?? "" }, data: { disabledAt: new Date() } });
    expect((await ask(await tokenOf(disabled, "openid"))).status).toBe(401);
    expect((await ask(await tokenOf(owner, "openid", { sid: undefined }))).status).toBe(401);
  });

  it("an account that was disabled and is enabled again is known again within seconds, although nothing else changed", async () => {
    const person = await createTestMember("acme-corp", "auditor");
    const token = await tokenOf(person, "openid");
    const setDisabled = (disabledAt: Date | null) =>
      database().user.update({ where: { id: person.userId ?? "" }, data: { disabledAt } });
    await setDisabled(new Date());
    expect((await ask(token)).status).toBe(401);
    await setDisabled(null);
    await vi.waitFor(async () => expect((await ask(token)).status).toBe(200), { timeout: 4000, interval: 100 });
  });

  it("another organization's path refuses the token, and one that does not exist is not found", async () => {
    await createTestOrganization("stranger");
    const token = await tokenOf(owner, "openid");
    expect((await ask(token, "stranger")).status).toBe(401);
    expect((await ask(token, "nobody")).status).toBe(404);
    expect((await ask(token)).status).toBe(200);
    expect((await ask(token, "stranger")).status).toBe(401);
  });
});
