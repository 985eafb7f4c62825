// An application written with the unmodified openid-client, and the browser of the person who signs in to it.
import * as openid from "openid-client";
import { callApi } from "./api-client.ts";
import { BrowserClient } from "./browser-client.ts";
import { OWNER, type SignetServer } from "./signet-server.ts";

/** Where codes go. */
export const CALLBACK = "https://app.example/callback";
/** Where people go after a sign-out. */
export const GOODBYE = "https://app.example/bye";

/** What an application is told once when it is registered; the secret of a public one is empty. */
export type Registration = { id: string; clientId: string; secret: string };

/** What a sign-in leads to. */
export type SignedIn = {
  browser: BrowserClient;
  tokens: openid.TokenEndpointResponse & openid.TokenEndpointResponseHelpers;
};

/** Registers an application of the default organization for codes and refreshes, unless the fields say something else. */
export async function registerApplication(
  server: SignetServer,
  admin: string,
  fields: Record<string, unknown>,
): Promise<Registration> {
  const { status, body, text } = await callApi(server.url, admin, {
    method: "POST",
    path: "applications",
    body: {
      protocol: "oidc",
      grant_types: ["authorization_code", "refresh_token"],
      redirect_uris: [CALLBACK],
      post_logout_redirect_uris: [GOODBYE],
      ...fields,
    },
  });
  if (status !== 201) throw new Error(`not registered: ${status} ${text}`);
  return { id: String(body.id), clientId: String(body.client_id), secret: String(body.client_secret ?? "") };
}

/** Discovers the issuer, as a client that sends its secret in the header, or has none. */
export async function discover(
  issuer: string,
  { clientId, secret }: Registration,
  metadata: Partial<openid.ClientMetadata> = {},
): Promise<openid.Configuration> {
  const authentication = secret === "" ? openid.None() : openid.ClientSecretBasic(secret);
  return openid.discovery(new URL(issuer), clientId, metadata, authentication, {
    execute: [openid.allowInsecureRequests],
  });
}

/** The code flow with PKCE, state and nonce: the first owner signs in with a new browser. */
export async function signIn(config: openid.Configuration, scope: string): Promise<SignedIn> {
  const [verifier, state, nonce] = [openid.randomPKCECodeVerifier(), openid.randomState(), openid.randomNonce()];
  const address = openid.buildAuthorizationUrl(config, {
    redirect_uri: CALLBACK,
    scope,
    state,
    nonce,
    code_challenge: await openid.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
  });
  const browser = new BrowserClient(address.origin);
  const { location, status, text } = await browser.signIn(await browser.follow(address.href), OWNER);
  if (location === null) throw new Error(`the sign-in led nowhere: ${status} ${text.slice(0, 300)}`);
  const tokens = await openid.authorizationCodeGrant(config, new URL(location), {
    pkceCodeVerifier: verifier,
    expectedState: state,
    expectedNonce: nonce,
    idTokenExpected: true,
  });
  return { browser, tokens };
}
