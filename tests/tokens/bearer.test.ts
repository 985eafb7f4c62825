import { createHmac, generateKeyPairSync } from "node:crypto";
import { exportJWK, SignJWT } from "jose";
import { beforeAll, expect, it } from "vitest";
import { deleteApplication, updateApplication } from "#lib/applications/service.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { database } from "#lib/db/client.ts";
import { getTokenSigner } from "#lib/keys/signing.ts";
import { tokenEndpoint } from "#lib/oidc/token-endpoint.ts";
import { authenticateBearer } from "#lib/tokens/bearer.ts";
import { createToken, revokeToken } from "#lib/tokens/service.ts";
import { createTestMember, createTestOrganization, describeOnEveryDatabase } from "../support/database.ts";
import { callEndpoint } from "../support/endpoint.ts";
import { createTestClient } from "../support/oidc-client.ts";

const ISSUER = "http://localhost:3000/orgs/acme-corp";
const MANAGEMENT = "http://localhost:3000/api/v1/admin";
const INVALID = { code: "auth.invalid_token" };

describeOnEveryDatabase("bearers", () => {
  let owner: Actor;
  let stranger: Actor;

  beforeAll(async () => {
    owner = await createTestOrganization("acme-corp");
    stranger = await createTestOrganization("stranger");
  });

  function authenticate(token: string, now?: Date): Promise<Actor> {
    return authenticateBearer({ authorization: `Bearer ${token}`, address: "203.0.113.7", requestId: "r" }, now);
  }

  async function makeToken(actor = owner): Promise<{ token: string; id: string; expires_at: string }> {
    return createToken(actor, { name: "Program", permissions: ["audit.view"], expires_in_days: 1 });
  }

  /** A token that the organization's own key signed, with anything in it. */
  async function forge(claims: Record<string, unknown>, typ = "at+jwt", organizationId = "acme-corp"): Promise<string> {
    const seconds = Math.floor(Date.now() / 1000);
    const { id, userId } = await storedToken();
    const usual = {
      iss: ISSUER,
      aud: MANAGEMENT,
      sub: userId,
      client_id: "signet-portal",
      jti: id,
      scope: "audit.view",
    };
    const signer = await getTokenSigner(organizationId);
    return signer.sign({ typ, claims: { ...usual, iat: seconds, exp: seconds + 60, ...claims } });
  }

  async function storedToken(): Promise<{ id: string; userId: string }> {
    const { id } = await makeToken();
    return { id, userId: owner.userId ?? "" };
  }

  /** A token with any header, signed with any bytes. */
  function assemble(header: Record<string, unknown>, payload: string, signature: string | Buffer): string {
    return `${Buffer.from(JSON.stringify(header)).toString("base64url")}.${payload}.${Buffer.from(signature).toString("base64url")}`;
  }

  it("a personal access token is its person's program, with at most the permissions of both", async () => {
    const actor = await authenticate((await makeToken()).token);
    expect(actor).toMatchObject({ type: "token", userId: owner.userId, role: "owner", organizationId: "acme-corp" });
    expect([...actor.permissions]).toEqual(["audit.view"]);
  });

  it("notes the use of a token at most once a minute", async () => {
    const { token, id } = await makeToken();
    const start = new Date();
    async function lastUse(): Promise<Date | null | undefined> {
      return (await database().apiToken.findFirst({ where: { id } }))?.lastUsedAt;
    }
    await authenticate(token, start);
    await authenticate(token, new Date(start.getTime() + 59_000));
    expect(await lastUse()).toEqual(start);
    await authenticate(token, new Date(start.getTime() + 61_000));
    expect(await lastUse()).toEqual(new Date(start.getTime() + 61_000));
  });

  it("a role that was taken down takes the token down with it, and a revoked token is nobody's", async () => {
    const member = await createTestMember("acme-corp", "security-admin");
    const view = await createToken(member, { name: "Keys", permissions: ["certificates.manage"], expires_in_days: 1 });
    expect([...(await authenticate(view.token)).permissions].sort()).toEqual([
      "certificates.manage",
      "certificates.view",
    ]);
    const where = { organizationId: "acme-corp", userId: member.userId ?? "" };
    await database().membership.updateMany({ where, data: { role: "auditor" } });
    expect([...(await authenticate(view.token)).permissions]).toEqual(["certificates.view"]);
    await revokeToken(owner, { id: view.id });
    await expect(authenticate(view.token)).rejects.toMatchObject(INVALID);
  });

  it("who is disabled, or no member any more, has no token; nor does who comes back later", async () => {
    const member = await createTestMember("acme-corp", "auditor");
    const { token } = await makeToken(member);
    const id = member.userId ?? "";
    await database().user.update({ where: { id }, data: { disabledAt: new Date() } });
    await expect(authenticate(token)).rejects.toMatchObject(INVALID);
    await database().user.update({ where: { id }, data: { disabledAt: null } });
    await authenticate(token);
    await database().membership.deleteMany({ where: { userId: id } });
    await expect(authenticate(token)).rejects.toMatchObject(INVALID);
    const createdAt = new Date(Date.now() + 1000);
    await database().membership.create({
      data: { organizationId: "acme-corp", userId: id, role: "auditor", createdAt },
    });
    await expect(authenticate(token)).rejects.toMatchObject(INVALID);
  });

  it("a client's access token acts with the permissions among its scopes, as long as the application has them", async () => {
    const scopes = ["read", "certificates.manage", "audit.view"];
    const app = await createTestClient(owner, { name: "Robot", scopes });
    const { json } = await callEndpoint(tokenEndpoint, {
      orgId: "acme-corp",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({
        grant_type: "client_credentials",
        client_id: app.clientId,
        client_secret: app.secret,
      }).toString(),
    });
    const token = String(json.access_token);
    const actor = await authenticate(token);
    expect(actor).toMatchObject({ type: "client", id: app.clientId, name: "Robot", userId: null, role: null });
    expect([...actor.permissions].sort()).toEqual(["audit.view", "certificates.manage", "certificates.view"]);
    await updateApplication(owner, { id: app.id, scopes: ["read", "audit.view"] });
    expect([...(await authenticate(token)).permissions]).toEqual(["audit.view"]);
    await deleteApplication(owner, { id: app.id });
    await expect(authenticate(token)).rejects.toMatchObject(INVALID);
  });

  it("an access token for other audiences does not work here", async () => {
    await authenticate(await forge({}));
    await expect(authenticate(await forge({ aud: ISSUER }))).rejects.toMatchObject(INVALID);
    await expect(authenticate(await forge({ aud: undefined }))).rejects.toMatchObject(INVALID);
    await expect(authenticate(await forge({ aud: `${MANAGEMENT}/` }))).rejects.toMatchObject(INVALID);
  });

  it("another typ, issuer, subject, or identifier is refused", async () => {
    for (const typ of ["JWT", "logout+jwt", "id+jwt"]) {
      await expect(authenticate(await forge({}, typ))).rejects.toMatchObject(INVALID);
    }
    const refused: Record<string, unknown>[] = [
      { iss: "http://localhost:3000/orgs/stranger" },
      { iss: "http://evil.example/orgs/acme-corp" },
      { iss: "http://localhost:3000/orgs/../acme-corp" },
      { iss: 7 },
      { iss: undefined },
      { sub: stranger.userId },
      { jti: "A".repeat(22) },
      { jti: undefined },
      { jti: { not: "" } },
      { client_id: "unknown" },
      { client_id: undefined },
      { client_id: { contains: "" }, sub: { contains: "" } },
    ];
    for (const claims of refused) await expect(authenticate(await forge(claims))).rejects.toMatchObject(INVALID);
  });

  it("another organization's token is refused, also when it says it is ours, and the person is the same", async () => {
    const membership = {
      organizationId: "stranger",
      userId: owner.userId ?? "",
      role: "auditor",
      createdAt: new Date(0),
    };
    await database().membership.create({ data: membership });
    await expect(authenticate(await forge({}, "at+jwt", "stranger"))).rejects.toMatchObject(INVALID);
    const theirs = { iss: "http://localhost:3000/orgs/stranger" };
    await expect(authenticate(await forge(theirs, "at+jwt", "stranger"))).rejects.toMatchObject(INVALID);
  });

  it("is valid before its end, and not from then on", async () => {
    const { token, expires_at } = await makeToken();
    const end = Date.parse(expires_at);
    await authenticate(token, new Date(end - 1000));
    await expect(authenticate(token, new Date(end))).rejects.toMatchObject(INVALID);
    await expect(authenticate(token, new Date(end + 61_000))).rejects.toMatchObject(INVALID);
    const seconds = Math.floor(Date.now() / 1000);
    await expect(authenticate(await forge({ iat: seconds + 3600, exp: seconds + 7200 }))).rejects.toMatchObject(
      INVALID,
    );
    await expect(authenticate(await forge({ nbf: seconds + 3600 }))).rejects.toMatchObject(INVALID);
  });

  // https://www.rfc-editor.org/rfc/rfc8725#section-3
  it("the key decides on the algorithm, and a key that the token brings along counts for nothing", async () => {
    const { token } = await makeToken();
    const [head = "", payload = "", signature = ""] = token.split(".");
    const header = JSON.parse(Buffer.from(head, "base64url").toString()) as { kid: string };
    const current = await database().keyPair.findFirst({ where: { kid: header.kid } });
    const publicJwk = current?.publicJwk ?? "";
    const hmacHeader = { alg: "HS256", typ: "at+jwt", kid: header.kid };
    const signed = `${Buffer.from(JSON.stringify(hmacHeader)).toString("base64url")}.${payload}`;
    const own = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const claims = JSON.parse(Buffer.from(payload, "base64url").toString());
    const jwk = await exportJWK(own.publicKey);
    const signedWith = (protectedHeader: Record<string, unknown>) =>
      new SignJWT(claims).setProtectedHeader({ alg: "RS256", typ: "at+jwt", ...protectedHeader }).sign(own.privateKey);
    const genuine = Buffer.from(signature, "base64url");
    const tokens = [
      assemble({ alg: "none", typ: "at+jwt", kid: header.kid }, payload, ""),
      `${assemble({ alg: "none", typ: "at+jwt" }, payload, "")}`,
      assemble(hmacHeader, payload, createHmac("sha256", publicJwk).update(signed).digest()),
      await signedWith({ kid: header.kid }),
      await signedWith({ kid: header.kid, jwk }),
      await signedWith({ kid: header.kid, jku: "https://evil.example/jwks.json" }),
      await signedWith({ kid: "foreign" }),
      await signedWith({ kid: "../../keys/1' OR '1'='1" }),
      await signedWith({}),
      assemble({ ...header, alg: "RS384" }, payload, genuine),
      assemble({ ...header, b64: false, crit: ["b64"] }, payload, genuine),
      assemble({ ...header, zip: "DEF" }, payload, genuine),
      `${head}.${payload}.`,
      `${head}.${payload}`,
      `${token}.`,
      `${token}=`,
      token.slice(0, -4),
    ];
    for (const forged of tokens) await expect(authenticate(forged)).rejects.toMatchObject(INVALID);
    await authenticate(token);
  });

  it("O9: no token is unauthenticated; what is no token, or too large, is invalid", async () => {
    const request = { address: "203.0.113.7", requestId: "r" };
    for (const authorization of [undefined, "", "Basic YTpi", "Token abc"]) {
      const refused = { code: "auth.unauthenticated" };
      await expect(authenticateBearer({ ...request, authorization })).rejects.toMatchObject(refused);
    }
    const large = await forge({ padding: "x".repeat(8000) });
    for (const authorization of ["Bearer", "Bearer ", "Bearer a b", "Bearer a.b.c", "Bearer \0", `Bearer ${large}`]) {
      await expect(authenticateBearer({ ...request, authorization })).rejects.toMatchObject(INVALID);
    }
  });
});
