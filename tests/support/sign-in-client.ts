// A client that people of a test organization sign in to, as its own program sees it: codes, exchanges, refreshes.
import type { Actor } from "#lib/auth/actor.ts";
import { sha256Base64url } from "#lib/crypto/digest.ts";
import type { EndpointResponse } from "#lib/http/endpoint.ts";
import { createAuthorizationCode } from "#lib/oidc/authorization-codes.ts";
import { tokenEndpoint } from "#lib/oidc/token-endpoint.ts";
import { callEndpoint } from "./endpoint.ts";
import { basicAuthorization, createTestClient, type TestClient } from "./oidc-client.ts";

export const REDIRECT_URI = "https://app.example/callback";
export const VERIFIER = "a-verifier-that-is-long-enough-to-be-one-0123456789";

/** What the token endpoint answers. */
export type TokenAnswer = EndpointResponse & { json: Record<string, unknown> };

/** Registers a client for the code and refresh grants, unless the fields of the management API say something else. */
export async function createSignInClient(actor: Actor, given: Record<string, unknown> = {}): Promise<TestClient> {
  return createTestClient(actor, {
    name: "Sign-in client",
    grant_types: ["authorization_code", "refresh_token"],
    redirect_uris: [REDIRECT_URI],
    ...given,
  });
}

/** A code for a person, as the authorization endpoint would hand it out. */
export async function grantCode(
  client: TestClient,
  userId: string,
  given: Partial<Parameters<typeof createAuthorizationCode>[0]> = {},
  now: Date = new Date(),
): Promise<string> {
  const { organizationId, id: applicationId } = client;
  const asked = { redirectUri: REDIRECT_URI, scope: "openid profile read", nonce: "a nonce", authenticatedAt: now };
  const codeChallenge = sha256Base64url(VERIFIER);
  return createAuthorizationCode({ organizationId, applicationId, userId, codeChallenge, ...asked, ...given }, now);
}

/** Asks the token endpoint; a client without a secret names itself in the form. */
export async function askWithForm(client: TestClient, form: Record<string, string>): Promise<TokenAnswer> {
  const isPublic = client.secret === "";
  return callEndpoint(tokenEndpoint, {
    orgId: client.organizationId,
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      ...(isPublic ? {} : { authorization: basicAuthorization(client) }),
    },
    body: new URLSearchParams({ ...(isPublic ? { client_id: client.clientId } : {}), ...form }).toString(),
  });
}

/** Exchanges a code. */
export async function redeemCode(
  client: TestClient,
  code: string,
  changes: Record<string, string> = {},
): Promise<TokenAnswer> {
  const form = { grant_type: "authorization_code", code, redirect_uri: REDIRECT_URI, code_verifier: VERIFIER };
  return askWithForm(client, { ...form, ...changes });
}

/** Exchanges a refresh token. */
export async function refresh(
  client: TestClient,
  refreshToken: unknown,
  changes: Record<string, string> = {},
): Promise<TokenAnswer> {
  return askWithForm(client, { grant_type: "refresh_token", refresh_token: String(refreshToken), ...changes });
}

/** Signs a person in to a client from the code on, and answers with the tokens. */
export async function signIn(client: TestClient, userId: string, scope?: string): Promise<Record<string, unknown>> {
  const { status, json } = await redeemCode(client, await grantCode(client, userId, scope ? { scope } : {}));
  if (status !== 200) throw new Error(`no tokens: ${status} ${JSON.stringify(json)}`);
  return json;
}
