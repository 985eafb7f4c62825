// Applications and APIs that nobody here wrote, against the built product.
// https://openid.net/specs/openid-connect-core-1_0.html, https://www.rfc-editor.org/rfc/rfc9068
import { decodeJwt, decodeProtectedHeader } from "jose";
import * as openid from "openid-client";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { callApi } from "../support/api-client.ts";
import { BrowserClient } from "../support/browser-client.ts";
import { adminToken } from "../support/flow-client.ts";
import { NextAuthApplication } from "../support/next-auth-application.ts";
import { type OlderIssuer, olderOpenidClient } from "../support/older-openid-client.ts";
import { newPair } from "../support/pairs.ts";
import {
  CALLBACK,
  discover,
  GOODBYE,
  type Registration,
  registerApplication,
  signIn,
} from "../support/relying-party.ts";
import { type ResourceServer, startResourceServer } from "../support/resource-server.ts";
import { OWNER, type SignetServer, startSignetServer } from "../support/signet-server.ts";
import { createNodeVerifiers, createVerifiers } from "../support/verifiers.ts";

const SCOPE = "openid profile email orders.read";

describe("programs that are not ours", () => {
  let server: SignetServer;
  let admin: string;
  let issuer: string;
  let resource: ResourceServer;

  beforeAll(async () => {
    server = await startSignetServer();
    admin = adminToken(server);
    issuer = `${server.url}/orgs/acme-corp`;
    resource = await startResourceServer(issuer);
  }, 120_000);
  afterAll(async () => {
    resource?.stop();
    await server?.stop();
  });

  function register(fields: Record<string, unknown>): Promise<Registration> {
    return registerApplication(server, admin, { scopes: ["orders.read"], ...fields });
  }

  /** Checks signatures of ID tokens, too, which openid-client leaves to TLS otherwise. */
  async function createClient(
    registration: Registration,
    metadata?: Partial<openid.ClientMetadata>,
  ): Promise<openid.Configuration> {
    const config = await discover(issuer, registration, metadata);
    openid.enableNonRepudiationChecks(config);
    return config;
  }

  async function post(path: string, body: unknown, status: number): Promise<Record<string, unknown>> {
    const answer = await callApi(server.url, admin, { method: "POST", path, body });
    expect(answer.status, answer.text).toBe(status);
    return answer.body;
  }

  it.each([
    ["a confidential client", true],
    ["a public client", false],
  ])(
    "J7, L1: openid-client 6 signs in, refreshes, asks, gives back and signs out as %s",
    async (name, confidential) => {
      const config = await createClient(await register({ name, confidential }));
      const { browser, tokens } = await signIn(config, SCOPE);
      const subject = tokens.claims()?.sub ?? "";
      expect(await openid.fetchUserInfo(config, tokens.access_token, subject)).toMatchObject({ email: OWNER.email });

      const refreshed = await openid.refreshTokenGrant(config, tokens.refresh_token ?? "");
      expect(refreshed.claims()?.sub).toBe(subject);
      expect(refreshed.scope).toBe(SCOPE);
      expect(refreshed.refresh_token).not.toBe(tokens.refresh_token);
      const asking = await createClient(await register({ name: `API beside ${name}` }));
      expect(await openid.tokenIntrospection(asking, refreshed.access_token)).toMatchObject({
        active: true,
        sub: subject,
        client_id: config.clientMetadata().client_id,
        scope: SCOPE,
      });

      await openid.tokenRevocation(config, refreshed.refresh_token ?? "");
      await expect(openid.refreshTokenGrant(config, refreshed.refresh_token ?? "")).rejects.toMatchObject({
        error: "invalid_grant",
      });
      expect(await openid.tokenIntrospection(asking, refreshed.access_token)).toEqual({ active: false });
      await expect(openid.fetchUserInfo(config, refreshed.access_token, subject)).rejects.toMatchObject({
        status: 401,
      });

      const leaving = openid.buildEndSessionUrl(config, {
        id_token_hint: refreshed.id_token ?? "",
        post_logout_redirect_uri: GOODBYE,
        state: "left",
      });
      expect((await browser.follow(leaving.href)).location).toBe(`${GOODBYE}?state=left`);
      const silent = openid.buildAuthorizationUrl(config, {
        redirect_uri: CALLBACK,
        scope: SCOPE,
        prompt: "none",
        code_challenge: await openid.calculatePKCECodeChallenge(openid.randomPKCECodeVerifier()),
        code_challenge_method: "S256",
      });
      const { location } = await browser.follow(silent.href);
      await expect(
        openid.authorizationCodeGrant(config, new URL(location ?? ""), { pkceCodeVerifier: "unused".repeat(8) }),
      ).rejects.toMatchObject({ error: "login_required" });
    },
  );

  it("L1: openid-client 6 finds the metadata of RFC 8414, too, and gets tokens for a machine", async () => {
    const { clientId, secret } = await register({ name: "Machine", grant_types: ["client_credentials"] });
    const config = await openid.discovery(new URL(issuer), clientId, undefined, openid.ClientSecretPost(secret), {
      algorithm: "oauth2",
      execute: [openid.allowInsecureRequests],
    });
    expect(config.serverMetadata().issuer).toBe(issuer);
    const { access_token: token, scope } = await openid.clientCredentialsGrant(config, { scope: "orders.read" });
    expect(scope).toBe("orders.read");
    expect(await resource.ask(token)).toEqual({ status: 200, subject: clientId });
    expect(await openid.tokenIntrospection(config, token)).toMatchObject({ active: true, sub: clientId });
    await openid.tokenRevocation(config, token);
    expect(await openid.tokenIntrospection(config, token)).toEqual({ active: false });
  });

  it("L1: openid-client 5, which next-auth signs people in with, does the same with client_secret_post", async () => {
    const { clientId, secret } = await register({ name: "Portal of next-auth" });
    const found: OlderIssuer = await olderOpenidClient().Issuer.discover(issuer);
    const client = new found.Client({
      client_id: clientId,
      client_secret: secret,
      redirect_uris: [CALLBACK],
      response_types: ["code"],
      token_endpoint_auth_method: "client_secret_post",
    });
    const { generators } = olderOpenidClient();
    const [verifier, state, nonce] = [generators.codeVerifier(), generators.state(), generators.nonce()];
    const challenge = generators.codeChallenge(verifier);
    const asked = {
      scope: SCOPE,
      state,
      nonce,
      code_challenge: challenge,
      code_challenge_method: "S256",
      max_age: 600,
    };
    const browser = new BrowserClient(server.url);
    const { location } = await browser.signIn(await browser.follow(client.authorizationUrl(asked)), OWNER);
    const checks = { code_verifier: verifier, state, nonce, max_age: 600, response_type: "code" };
    const tokens = await client.callback(CALLBACK, client.callbackParams(location ?? ""), checks);
    expect(await client.userinfo(tokens)).toMatchObject({ sub: tokens.claims().sub, email: OWNER.email });

    const refreshed = await client.refresh(tokens);
    expect(refreshed.claims().sub).toBe(tokens.claims().sub);
    expect(await client.introspect(refreshed.access_token)).toMatchObject({ active: true, client_id: clientId });
    await client.revoke(refreshed.refresh_token);
    expect(await client.introspect(refreshed.access_token)).toEqual({ active: false });
    await expect(client.refresh(refreshed)).rejects.toMatchObject({ error: "invalid_grant" });
    const leaving = client.endSessionUrl({ id_token_hint: refreshed.id_token, post_logout_redirect_uri: GOODBYE });
    expect((await browser.follow(leaving)).location).toBe(GOODBYE);
  });

  it("J7, L1: an application with next-auth 4 knows who signed in, before a rotation and after it", async () => {
    const origin = "https://portal.example";
    vi.stubEnv("NEXTAUTH_URL", origin);
    onTestFinished(() => void vi.unstubAllEnvs());
    const redirect_uris = [NextAuthApplication.callbackOf(origin)];
    const registration = await register({ name: "Application with next-auth", redirect_uris });
    const browser = new BrowserClient(server.url);
    const subjects = new Set<string | undefined>();
    for (const page of ["the sign-in page", "no page, since the person is signed in", "none after a rotation"]) {
      const application = new NextAuthApplication({ issuer, ...registration });
      const visit = await browser.follow(await application.beginSignIn());
      const isSignedIn = visit.location !== null;
      expect(isSignedIn, page).toBe(subjects.size > 0);
      const { location } = isSignedIn ? visit : await browser.signIn(visit, OWNER);
      expect(await application.finishSignIn(location ?? ""), page).toBe(origin);
      const { user, subject } = await application.readSession();
      expect(user, page).toMatchObject({ name: "Owner", email: OWNER.email });
      subjects.add(subject);
      if (isSignedIn) await post("signing-key/rotate", { override_reason: "next-auth fetches the keys anew" }, 200);
    }
    expect(subjects.size).toBe(1);
    const stranger = new NextAuthApplication({ issuer, ...registration });
    const foreign = (await browser.follow(await stranger.beginSignIn())).location ?? "";
    const victim = new NextAuthApplication({ issuer, ...registration });
    await victim.beginSignIn();
    expect(await victim.finishSignIn(foreign)).toContain("error=OAuthCallback");
    expect(await victim.readSession()).toEqual({});
  });

  it.each([
    ["the organization's key", "RS256", null],
    ["an uploaded P-384 certificate", "ES384", "uploaded"],
    ["a generated RSA certificate", "RS256", "generated"],
  ])(
    "J7, J30, L8, L9, L10, T9, U4, U15: verifiers take what %s signs, through a rotation",
    async (name, alg, source) => {
      const certificate =
        source === "uploaded"
          ? await post("certificates/upload", await newPair(name, "P-384"), 201)
          : source === "generated" && (await post("certificates", { name, key_algorithm: "rsa2048" }, 201));
      const fields = certificate ? { signing_cert_id: certificate.id } : {};
      const registration = await register({ name, ...fields });
      const config = await createClient(registration, { id_token_signed_response_alg: alg });
      const jwksUrl = config.serverMetadata().jwks_uri ?? "";
      const ofAccess = { issuer, jwksUrl, audience: issuer };
      const ofIdentity = { ...ofAccess, audience: registration.clientId };
      // These, and the API, have their caches from before the rotation.
      const [accessCaches, identityCaches] = [createNodeVerifiers(ofAccess), createNodeVerifiers(ofIdentity)];
      const api = await startResourceServer(issuer);
      onTestFinished(api.stop);

      const { tokens: before } = await signIn(config, SCOPE);
      const subject = before.claims()?.sub ?? "";
      async function verifyEverywhere({ access_token: access, id_token: identity = "" }: typeof before): Promise<void> {
        for (const token of [access, identity]) expect(decodeProtectedHeader(token).alg).toBe(alg);
        for (const verifier of [...accessCaches, ...createVerifiers(ofAccess)]) {
          expect(await verifier.verify(access), `${verifier.name}, access token`).toBe(subject);
        }
        for (const verifier of [...identityCaches, ...createVerifiers(ofIdentity)]) {
          expect(await verifier.verify(identity), `${verifier.name}, ID token`).toBe(subject);
        }
        expect(await api.ask(access)).toEqual({ status: 200, subject });
        expect((await api.ask(identity)).status).toBe(401);
      }
      await verifyEverywhere(before);
      await post("signing-key/rotate", { override_reason: "a test rotates before every cache has expired" }, 200);
      const after = await openid.refreshTokenGrant(config, before.refresh_token ?? "");
      const [kidBefore, kidAfter] = [before, after].map((tokens) => decodeProtectedHeader(tokens.access_token).kid);
      // A certificate is not rotated with the signing key.
      expect(kidBefore === kidAfter).toBe(source !== null);
      expect(decodeJwt(after.access_token).jti).not.toBe(decodeJwt(before.access_token).jti);
      await verifyEverywhere(before);
      await verifyEverywhere(after);
      api.stop();
    },
  );
});
