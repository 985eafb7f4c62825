import { beforeAll, expect, it } from "vitest";
import { discoveryEndpoint } from "#lib/oidc/discovery-endpoint.ts";
import { createTestOrganization, describeOnEveryDatabase } from "../support/database.ts";
import { callEndpoint } from "../support/endpoint.ts";

const ISSUER = "http://localhost:3000/orgs/acme-corp";

// https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderMetadata and https://www.rfc-editor.org/rfc/rfc8414
describeOnEveryDatabase("discovery", () => {
  beforeAll(async () => void (await createTestOrganization("acme-corp")));

  it("says exactly what works, under the configured issuer and never that of the Host header", async () => {
    const headers = { host: "evil.example", "x-forwarded-host": "evil.example" };
    const { status, headers: answered, json } = await callEndpoint(discoveryEndpoint, { orgId: "acme-corp", headers });
    expect(status).toBe(200);
    expect(json).toEqual({
      issuer: ISSUER,
      authorization_endpoint: `${ISSUER}/oauth/authorize`,
      token_endpoint: `${ISSUER}/oauth/token`,
      userinfo_endpoint: `${ISSUER}/oauth/userinfo`,
      introspection_endpoint: `${ISSUER}/oauth/introspect`,
      revocation_endpoint: `${ISSUER}/oauth/revoke`,
      end_session_endpoint: `${ISSUER}/oauth/logout`,
      jwks_uri: `${ISSUER}/.well-known/jwks.json`,
      response_types_supported: ["code"],
      response_modes_supported: ["query", "form_post"],
      grant_types_supported: ["authorization_code", "refresh_token", "client_credentials"],
      code_challenge_methods_supported: ["S256"],
      prompt_values_supported: ["none", "login", "consent", "select_account"],
      scopes_supported: expect.arrayContaining(["openid", "offline_access", "certificates.manage", "audit.view"]),
      claims_supported: expect.arrayContaining(["sub", "at_hash", "sid", "name", "email", "email_verified"]),
      subject_types_supported: ["public"],
      id_token_signing_alg_values_supported: ["RS256"],
      token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post", "none"],
      introspection_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post"],
      revocation_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post", "none"],
      authorization_response_iss_parameter_supported: true,
      claims_parameter_supported: false,
      request_parameter_supported: false,
      request_uri_parameter_supported: false,
    });
    expect(answered).toMatchObject({
      "content-type": "application/json",
      "access-control-allow-origin": "*",
      "cache-control": "public, max-age=900",
    });
    expect(answered).not.toHaveProperty("set-cookie");
  });

  it("answers 304 to who already has it", async () => {
    const { etag } = (await callEndpoint(discoveryEndpoint, { orgId: "acme-corp" })).headers;
    expect(etag).toMatch(/^"[\w-]+"$/);
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, "*"]) {
      const headers = { "if-none-match": String(known) };
      expect(await callEndpoint(discoveryEndpoint, { orgId: "acme-corp", headers })).toMatchObject({
        status: 304,
        body: null,
      });
    }
    const headers = { "if-none-match": '"other"' };
    expect((await callEndpoint(discoveryEndpoint, { orgId: "acme-corp", headers })).status).toBe(200);
  });

  it("there is none for an organization that does not exist", async () => {
    const missing = callEndpoint(discoveryEndpoint, { orgId: "nobody" });
    await expect(missing).rejects.toMatchObject({ code: "organization.not_found" });
  });
});
