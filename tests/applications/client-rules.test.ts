import { describe, expect, it } from "vitest";
import type { OidcApplication } from "#lib/applications/application.ts";
import { findClientContradictions } from "#lib/applications/client-rules.ts";

const WEB: OidcApplication = {
  protocol: "oidc",
  id: "1",
  organizationId: "acme-corp",
  name: "Web",
  createdAt: new Date(0),
  updatedAt: new Date(0),
  signingCertId: null,
  clientId: "app_1",
  grantTypes: ["authorization_code", "refresh_token"],
  scopes: [],
  redirectUris: ["https://app.example/cb"],
  postLogoutRedirectUris: [],
  isConfidential: true,
  isConsentRequired: false,
  tokenExpirySecs: 3600,
  idTokenExpirySecs: 3600,
  refreshTokenExpirySecs: 604_800,
};
const NATIVE_URI = "com.example.app:/cb";

function contradictions(change: Partial<OidcApplication>): string[] {
  return findClientContradictions({ ...WEB, ...change }).map(({ field, code }) => `${field} ${code}`);
}

describe("the settings of an OIDC client", () => {
  it("of a web application, a machine, a program in a browser and an installed program go together", () => {
    expect(contradictions({})).toEqual([]);
    expect(contradictions({ grantTypes: ["client_credentials"], redirectUris: [] })).toEqual([]);
    expect(contradictions({ isConfidential: false })).toEqual([]);
    expect(contradictions({ isConfidential: false, redirectUris: [NATIVE_URI, "http://127.0.0.1/cb"] })).toEqual([]);
  });

  it("refresh tokens need a sign-in", () => {
    expect(contradictions({ grantTypes: ["refresh_token"] })).toEqual(["grant_types needs_authorization_code"]);
    expect(contradictions({ grantTypes: ["refresh_token", "client_credentials"] })).toEqual([
      "grant_types needs_authorization_code",
    ]);
  });

  it("client credentials need a secret, so a confidential client", () => {
    const grantTypes: OidcApplication["grantTypes"] = ["authorization_code", "client_credentials"];
    expect(contradictions({ grantTypes, isConfidential: false })).toEqual(["grant_types needs_confidential"]);
    expect(contradictions({ grantTypes })).toEqual([]);
  });

  it("a sign-in needs an address to come back to", () => {
    expect(contradictions({ redirectUris: [] })).toEqual(["redirect_uris required"]);
  });

  it("O1: a scheme of its own is for a public client, in both lists", () => {
    const redirectUris = ["https://app.example/cb", NATIVE_URI];
    expect(contradictions({ redirectUris, postLogoutRedirectUris: [NATIVE_URI] })).toEqual([
      "redirect_uris.1 needs_public",
      "post_logout_redirect_uris.0 needs_public",
    ]);
  });
});
