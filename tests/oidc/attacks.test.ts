import { decodeJwt, decodeProtectedHeader } from "jose";
import { beforeAll, expect, it } from "vitest";
import type { Actor } from "#lib/auth/actor.ts";
import { introspectionEndpoint } from "#lib/oidc/introspection-endpoint.ts";
import { userinfoEndpoint } from "#lib/oidc/userinfo-endpoint.ts";
import { authenticateBearer } from "#lib/tokens/bearer.ts";
import { createTestOrganization, describeOnEveryDatabase } from "../support/database.ts";
import { callEndpoint } from "../support/endpoint.ts";
import {
  assembleToken,
  type Claims,
  insertTestSession,
  STRANGER_JWK,
  signAsOrganization,
  signAsStranger,
  signWithPublicKey,
} from "../support/forged-tokens.ts";
import { basicAuthorization, createTestClient, type TestClient } from "../support/oidc-client.ts";

const ISSUER = "http://localhost:3000/orgs/acme-corp";
const MANAGEMENT = "http://localhost:3000/api/v1/admin";

/** What an attack starts from: a genuine token of that door, and what is needed to make another one. */
type Target = { token: string; claims: Claims & { exp: number }; header: { alg: string; kid: string } };

// https://www.rfc-editor.org/rfc/rfc8725 sections 2 and 3
describeOnEveryDatabase("attacks on the verifier of our own tokens", () => {
  let owner: Actor;
  let machine: TestClient;
  let website: TestClient;
  let sid = "";

  beforeAll(async () => {
    owner = await createTestOrganization("acme-corp");
    await createTestOrganization("stranger");
    machine = await createTestClient(owner, { scopes: ["audit.view"] });
    website = await createTestClient(owner, {
      grant_types: ["authorization_code"],
      redirect_uris: ["https://app.example/cb"],
    });
    sid = await insertTestSession(owner, website.id);
  });

  /** Each door takes a genuine token of its own, and answers whether it took one. */
  const DOORS = {
    "the management API": {
      claims: () => ({
        sub: machine.clientId,
        client_id: machine.clientId,
        aud: [ISSUER, MANAGEMENT],
        scope: "audit.view",
      }),
      takes: async (token: string) =>
        authenticateBearer({ authorization: `Bearer ${token}`, address: "192.0.2.1", requestId: "r" }).then(
          () => true,
          (error: { code?: unknown }) => {
            expect(error).toMatchObject({ code: "auth.invalid_token" });
            return false;
          },
        ),
    },
    userinfo: {
      claims: () => ({ sub: owner.userId, client_id: website.clientId, aud: ISSUER, scope: "openid email", sid }),
      takes: async (token: string) => {
        const headers = { authorization: `Bearer ${token}` };
        const {
          status,
          json,
          headers: answered,
        } = await callEndpoint(userinfoEndpoint, { orgId: "acme-corp", headers });
        if (status === 200) return json.sub === owner.userId;
        expect(status).toBe(401);
        expect(answered["www-authenticate"]).toContain('error="invalid_token"');
        expect(JSON.stringify(json)).not.toContain(owner.name);
        return false;
      },
    },
    introspection: {
      claims: () => ({ sub: owner.userId, client_id: website.clientId, aud: ISSUER, scope: "openid", sid }),
      takes: async (token: string) => {
        const { status, json } = await callEndpoint(introspectionEndpoint, {
          orgId: "acme-corp",
          headers: { "content-type": "application/x-www-form-urlencoded", authorization: basicAuthorization(machine) },
          body: new URLSearchParams({ token }).toString(),
        });
        expect(status).toBe(200);
        if (json.active !== true) expect(json).toEqual({ active: false });
        return json.active === true;
      },
    },
  };

  async function targetOf(door: keyof typeof DOORS): Promise<Target> {
    const seconds = Math.floor(Date.now() / 1000);
    const times = { iat: seconds, exp: seconds + 300 };
    const claims = { iss: ISSUER, jti: crypto.randomUUID(), ...DOORS[door].claims(), ...times };
    const token = await signAsOrganization("acme-corp", claims);
    return { token, claims, header: decodeProtectedHeader(token) as Target["header"] };
  }

  const seconds = (): number => Math.floor(Date.now() / 1000);
  const signatureOf = (token: string): Buffer => Buffer.from(token.split(".")[2] ?? "", "base64url");

  const ATTACKS: Record<string, (target: Target) => Promise<string[]> | string[]> = {
    "alg none": ({ claims, header }) =>
      ["none", "None", "nOnE", ""].flatMap((alg) => [
        assembleToken({ ...header, typ: "at+jwt", alg }, claims, ""),
        assembleToken({ ...header, typ: "at+jwt", alg }, claims, "signature"),
      ]),
    "HS256 with the public key": ({ claims }) => signWithPublicKey("acme-corp", claims),
    "a key of the attacker under our kid": async ({ claims, header }) => [
      await signAsStranger({ kid: header.kid }, claims),
    ],
    "a foreign kid, a path, a query, and none": async ({ claims }) => [
      await signAsStranger({ kid: "foreign" }, claims),
      await signAsStranger({ kid: "../../../../dev/null" }, claims),
      await signAsStranger({ kid: "' OR '1'='1" }, claims),
      await signAsStranger({ kid: "__proto__" }, claims),
      await signAsStranger({}, claims),
    ],
    "a key that the token brings along": async ({ claims, header }) => {
      const brought = [
        { jwk: STRANGER_JWK },
        { jku: "https://evil.example/jwks.json" },
        { x5u: "https://evil.example/chain.pem" },
        { x5c: ["MIIB"] },
      ];
      return Promise.all(
        brought.flatMap((member) => [
          signAsStranger({ ...member, kid: header.kid }, claims),
          signAsStranger({ ...member, kid: "evil" }, claims),
        ]),
      );
    },
    "another organization's token, under its name and under ours": async ({ claims }) => [
      await signAsOrganization("stranger", { ...claims, iss: "http://localhost:3000/orgs/stranger" }),
      await signAsOrganization("stranger", claims),
    ],
    "an ID token as access token": async ({ claims }) => {
      const { scope: _scope, client_id: clientId, ...rest } = claims as Claims & { exp: number };
      const idToken = { ...rest, nonce: "n", auth_time: seconds() };
      return [
        await signAsOrganization("acme-corp", idToken, "JWT"),
        await signAsOrganization("acme-corp", claims, "JWT"),
        await signAsOrganization("acme-corp", claims, "logout+jwt"),
        await signAsOrganization("acme-corp", { ...idToken, aud: clientId }, "at+jwt"),
      ];
    },
    "an expired token, and one without an end": async ({ claims, header, token }) => [
      await signAsOrganization("acme-corp", { ...claims, iat: seconds() - 600, exp: seconds() }),
      await signAsOrganization("acme-corp", { ...claims, iat: seconds() - 7200, exp: seconds() - 3600 }),
      assembleToken({ ...header, typ: "at+jwt" }, { ...claims, exp: undefined }, signatureOf(token)),
      assembleToken({ ...header, typ: "at+jwt" }, { ...claims, exp: "9999999999" }, signatureOf(token)),
    ],
    "a token of the future": async ({ claims }) => [
      await signAsOrganization("acme-corp", { ...claims, nbf: seconds() + 3600 }),
      await signAsOrganization("acme-corp", { ...claims, iat: seconds() + 3600, exp: seconds() + 7200 }),
    ],
    "another audience, and none": async ({ claims }) =>
      Promise.all(
        ["https://api.example", `${ISSUER}/`, "http://localhost:3000/orgs/stranger", [], undefined].map((aud) =>
          signAsOrganization("acme-corp", { ...claims, aud }),
        ),
      ),
    "another issuer, and none": async ({ claims }) =>
      Promise.all(
        ["http://evil.example/orgs/acme-corp", `${ISSUER}/`, "http://localhost:3000", undefined].map((iss) =>
          signAsOrganization("acme-corp", { ...claims, iss }),
        ),
      ),
    "b64 false, unknown critical headers, compression, a token in a token": ({ claims, header, token }) =>
      [
        { b64: false, crit: ["b64"] },
        { b64: false },
        { crit: ["exp"], exp: 1 },
        { crit: [] },
        { zip: "DEF" },
        { cty: "JWT" },
      ].map((member) => assembleToken({ ...header, typ: "at+jwt", ...member }, claims, signatureOf(token))),
    "the algorithm of another key": ({ claims, header, token }) =>
      ["RS384", "RS512", "PS256", "ES256", "EdDSA"].flatMap((alg) => [
        assembleToken({ ...header, typ: "at+jwt", alg }, claims, signatureOf(token)),
        assembleToken({ ...header, typ: "at+jwt", alg }, claims, Buffer.alloc(64)),
      ]),
    "other claims under a genuine signature, and a signature that is cut, doubled or empty": ({
      claims,
      header,
      token,
    }) => [
      assembleToken({ ...header, typ: "at+jwt" }, { ...claims, exp: claims.exp + 3600 }, signatureOf(token)),
      assembleToken(
        { ...header, typ: "at+jwt" },
        { ...claims, scope: "openid audit.view members.manage" },
        signatureOf(token),
      ),
      token.slice(0, -8),
      `${token}${token.slice(-8)}`,
      token.slice(0, token.lastIndexOf(".") + 1),
      token.slice(0, token.lastIndexOf(".")),
      `${token}.`,
      `${token}=`,
      `.${token}`,
    ],
    "a token of nobody": async ({ claims }) =>
      Promise.all(
        [{ client_id: "app_gone" }, { client_id: undefined }, { sub: undefined }, { jti: undefined }, { jti: 7 }].map(
          (changed) => signAsOrganization("acme-corp", { ...claims, ...changed }),
        ),
      ),
  };

  for (const [door, { takes }] of Object.entries(DOORS)) {
    const name = door as keyof typeof DOORS;

    it.each(Object.entries(ATTACKS))(`J3, K2: ${door} refuses %s`, async (_attack, attack) => {
      const target = await targetOf(name);
      for (const forged of await attack(target)) expect(await takes(forged), forged).toBe(false);
      expect(await takes(target.token)).toBe(true);
      for (const forged of await attack(target)) expect(await takes(forged), forged).toBe(false);
    });
  }

  it("a genuine token is what each door takes, and no door takes what is another one's alone", async () => {
    const { token } = await targetOf("userinfo");
    expect(await DOORS["the management API"].takes(token)).toBe(false);
    const forManagement = await signAsOrganization("acme-corp", {
      ...decodeJwt(token),
      exp: seconds() + 60,
      aud: MANAGEMENT,
    });
    expect(await DOORS.userinfo.takes(forManagement)).toBe(false);
    expect(await DOORS["the management API"].takes(forManagement)).toBe(false);
  });
});
