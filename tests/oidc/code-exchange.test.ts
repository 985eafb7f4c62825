import { createHash } from "node:crypto";
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from "jose";
import { beforeAll, expect, it } from "vitest";
import type { Actor } from "#lib/auth/actor.ts";
import { sha256Base64url } from "#lib/crypto/digest.ts";
import { database } from "#lib/db/client.ts";
import { changeOrganization } from "#lib/db/transaction.ts";
import { replaceNextKey, rotateSigningKey } from "#lib/keys/service.ts";
import { removeMember } from "#lib/organizations/service.ts";
import { getRevocations } from "#lib/sessions/revocations.ts";
import { createTestMember, createTestOrganization, describeOnEveryDatabase } from "../support/database.ts";
import { fetchKeys, type TestClient } from "../support/oidc-client.ts";
import {
  askWithForm,
  createSignInClient,
  grantCode,
  REDIRECT_URI,
  redeemCode,
  signIn,
  VERIFIER,
} from "../support/sign-in-client.ts";

const ISSUER = "http://localhost:3000/orgs/acme-corp";

describeOnEveryDatabase("the exchange of authorization codes", () => {
  let owner: Actor;
  let person: Actor;
  let client: TestClient;

  beforeAll(async () => {
    owner = await createTestOrganization("acme-corp");
    person = await createTestMember("acme-corp", "auditor");
    client = await createSignInClient(owner, { scopes: ["read", "audit.view"], id_token_expiry_secs: 300 });
  });

  async function sessionOf(token: unknown) {
    const { sid } = decodeJwt(String(token)) as { sid: string };
    return database().session.findUniqueOrThrow({ where: { id: sid }, include: { keys: true, refreshTokens: true } });
  }

  it("J7, J30: hands out an access token, an ID token and a refresh token of one session", async () => {
    const signedInAt = new Date(Date.now() - 90_000);
    const code = await grantCode(client, person.id, { authenticatedAt: signedInAt });
    const { status, headers, json } = await redeemCode(client, code);
    expect(status).toBe(200);
    expect(headers).toMatchObject({ "cache-control": "no-store", pragma: "no-cache" });
    expect(json).toMatchObject({ token_type: "Bearer", expires_in: 600, scope: "openid profile read" });
    const access = decodeJwt(String(json.access_token));
    expect(decodeProtectedHeader(String(json.access_token))).toMatchObject({ typ: "at+jwt" });
    expect(access).toMatchObject({ iss: ISSUER, aud: ISSUER, sub: person.id, client_id: client.clientId });
    expect(access.scope).toBe("openid profile read");
    const claims = decodeJwt(String(json.id_token));
    expect(decodeProtectedHeader(String(json.id_token))).toMatchObject({ typ: "JWT" });
    expect(claims).toEqual({
      iss: ISSUER,
      sub: person.id,
      aud: client.clientId,
      iat: access.iat,
      exp: (access.iat ?? 0) + 300,
      auth_time: Math.floor(signedInAt.getTime() / 1000),
      nonce: "a nonce",
      at_hash: createHash("sha256").update(String(json.access_token)).digest().subarray(0, 16).toString("base64url"),
      sid: access.sid,
    });
    const session = await sessionOf(json.access_token);
    expect(session).toMatchObject({ userId: person.id, subject: person.id, scope: json.scope, revokedAt: null });
    expect(session.refreshTokens).toMatchObject([{ id: sha256Base64url(String(json.refresh_token)), usedAt: null }]);
    expect(session.expiresAt.getTime() - session.startedAt.getTime()).toBe(604_800_000);
    expect(JSON.stringify(await database().authorizationCode.findMany())).not.toContain(code);
  });

  it("the signed_until horizon and the session's end cover both tokens, whichever lives longer", async () => {
    const long = await createSignInClient(owner, { token_expiry_secs: 60, id_token_expiry_secs: 7000 });
    const json = await signIn(long, person.id);
    const end = (decodeJwt(String(json.id_token)).exp ?? 0) * 1000;
    const { kid = "" } = decodeProtectedHeader(String(json.id_token));
    const pair = await database().keyPair.findFirstOrThrow({ where: { organizationId: "acme-corp", kid } });
    expect(pair.signedUntil?.getTime()).toBeGreaterThanOrEqual(end);
    const { keys } = await sessionOf(json.access_token);
    expect(keys.find(({ keyPairId }) => keyPairId === pair.id)?.expiresAt.getTime()).toBe(end);
  });

  it("without openid there is no ID token, and without the refresh grant no refresh token", async () => {
    const plain = await createSignInClient(owner, { grant_types: ["authorization_code"] });
    const json = await signIn(plain, person.id, "read");
    expect(Object.keys(json).sort()).toEqual(["access_token", "expires_in", "scope", "token_type"]);
    const session = await sessionOf(json.access_token);
    expect(session.expiresAt.getTime()).toBe((decodeJwt(String(json.access_token)).exp ?? 0) * 1000);
  });

  it("a permission of the management API, or a scope taken away meanwhile, never reaches a person's token", async () => {
    const json = await signIn(client, person.id, "openid audit.view read gone");
    expect(json.scope).toBe("openid read");
    expect(decodeJwt(String(json.access_token)).aud).toBe(ISSUER);
  });

  it("at_hash follows the algorithm of the key that signs", async () => {
    const other = await createTestOrganization("other-algorithm");
    await replaceNextKey(other, { algorithm: "ES384" });
    await rotateSigningKey(other, { override_reason: "a test of ES384" });
    const theirs = await createSignInClient(other);
    const json = await signIn(theirs, other.id);
    expect(decodeProtectedHeader(String(json.id_token)).alg).toBe("ES384");
    const digest = createHash("sha384").update(String(json.access_token)).digest();
    expect(decodeJwt(String(json.id_token)).at_hash).toBe(digest.subarray(0, 24).toString("base64url"));
    const keys = createLocalJWKSet({ keys: await fetchKeys("other-algorithm") });
    const { payload } = await jwtVerify(String(json.id_token), keys, { audience: theirs.clientId });
    expect(payload.sub).toBe(other.id);
  });

  it.each([
    ["another verifier", { code_verifier: `${VERIFIER}x` }, "invalid_grant"],
    ["a short verifier", { code_verifier: "short" }, "invalid_grant"],
    ["another address", { redirect_uri: `${REDIRECT_URI}/` }, "invalid_grant"],
    ["another code", { code: "unknown" }, "invalid_grant"],
    ["no verifier", { code_verifier: "" }, "invalid_request"],
    ["no address", { redirect_uri: "" }, "invalid_request"],
    ["no code", { code: "" }, "invalid_request"],
  ])("%s is refused, and the code stays good for its owner", async (_what, changes, error) => {
    const code = await grantCode(client, person.id);
    expect(await redeemCode(client, code, changes as Record<string, string>)).toMatchObject({
      status: 400,
      json: { error },
    });
    expect((await redeemCode(client, code)).status).toBe(200);
  });

  it("a code is refused after 60 seconds, to another client, in another organization, and to who is gone", async () => {
    const refused = { status: 400, json: { error: "invalid_grant" } };
    const late = await grantCode(client, person.id, {}, new Date(Date.now() - 60_001));
    expect(await redeemCode(client, late)).toMatchObject(refused);
    const other = await createSignInClient(owner);
    const code = await grantCode(client, person.id);
    expect(await redeemCode(other, code)).toMatchObject(refused);
    const stranger = await createTestOrganization("stranger");
    expect(await redeemCode(await createSignInClient(stranger), code)).toMatchObject(refused);
    expect((await redeemCode(client, code)).status).toBe(200);
    const leaver = await createTestMember("acme-corp", "auditor");
    const theirs = await grantCode(client, leaver.id);
    await removeMember(owner, { user_id: leaver.id });
    expect(await redeemCode(client, theirs)).toMatchObject(refused);
    const disabled = await createTestMember("acme-corp", "auditor");
    const last = await grantCode(client, disabled.id);
    await database().user.update({ where: { id: disabled.id }, data: { disabledAt: new Date() } });
    expect(await redeemCode(client, last)).toMatchObject(refused);
  });

  it("no code is made for an application that was deleted while its person signed in", async () => {
    const gone = { ...client, id: crypto.randomUUID() };
    await expect(grantCode(gone, person.id)).rejects.toMatchObject({ code: "application.not_found" });
  });

  it("redeemed 50 times at once a code gives one success and 49 invalid_grant, and its tokens are revoked", async () => {
    const code = await grantCode(client, person.id);
    const answers = await Promise.all(Array.from({ length: 50 }, () => redeemCode(client, code)));
    const successes = answers.filter(({ status }) => status === 200);
    expect(successes).toHaveLength(1);
    const rest = answers.filter(({ status }) => status !== 200);
    expect(rest.every(({ status, json }) => status === 400 && json.error === "invalid_grant")).toBe(true);
    const token = String(successes[0]?.json.access_token);
    expect((await sessionOf(token)).revokedAt).not.toBeNull();
    expect((await getRevocations("acme-corp")).isRevoked(decodeJwt(token) as { sid: string })).toBe(true);
    const again = await askWithForm(client, {
      grant_type: "refresh_token",
      refresh_token: String(successes[0]?.json.refresh_token),
    });
    expect(again).toMatchObject({ status: 400, json: { error: "invalid_grant" } });
    const { sid } = decodeJwt(token) as { sid: string };
    const events = await database().auditEvent.findMany({ where: { action: "session.revoked", targetId: sid } });
    expect(events).toMatchObject([{ actorType: "system", reason: expect.stringContaining("second time") }]);
  });

  it("a replay with a wrong verifier ends the session as well", async () => {
    const code = await grantCode(client, person.id);
    const { json } = await redeemCode(client, code);
    await redeemCode(client, code, { code_verifier: `${VERIFIER}x` });
    expect((await sessionOf(json.access_token)).revokedAt).not.toBeNull();
  });

  it("a public client names itself and is bound by the proof key; with a secret it is refused", async () => {
    const native = await createSignInClient(owner, { confidential: false, redirect_uris: ["com.example.app:/cb"] });
    expect(native.secret).toBe("");
    const redirect = { redirectUri: "com.example.app:/cb" };
    const form = { redirect_uri: redirect.redirectUri };
    const code = await grantCode(native, person.id, redirect);
    expect(await redeemCode(native, code, { ...form, client_secret: "guess" })).toMatchObject({ status: 401 });
    expect((await redeemCode(native, code, form)).status).toBe(200);
    expect(await askWithForm(native, { grant_type: "client_credentials" })).toMatchObject({
      json: { error: "unauthorized_client" },
    });
    expect(await askWithForm({ ...client, secret: "" }, { grant_type: "authorization_code", code })).toMatchObject({
      status: 401,
      json: { error: "invalid_client" },
    });
  });

  it("ended codes are forgotten an hour later, redeemed ones stay until then", async () => {
    const old = await grantCode(client, person.id, {}, new Date(Date.now() - 2 * 60 * 60_000));
    await grantCode(client, person.id);
    expect(await database().authorizationCode.count({ where: { id: sha256Base64url(old) } })).toBe(0);
  });

  it("a change of the organization in the middle of an exchange is no reason to fail", async () => {
    const code = await grantCode(client, person.id);
    const [answer] = await Promise.all([
      redeemCode(client, code),
      ...Array.from({ length: 5 }, () => changeOrganization("acme-corp", async () => undefined)),
    ]);
    expect(answer.status).toBe(200);
  });
});
