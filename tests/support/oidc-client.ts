// An OIDC client of a test organization, and what it and its verifiers see: tokens, the JWKS, the discovery document.
import { decodeProtectedHeader } from "jose";
import { createApplicationSchema } from "#lib/applications/schema.ts";
import { createApplication } from "#lib/applications/service.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { type JwtClaims, verifyJwt } from "#lib/crypto/jws.ts";
import { jwksEndpoint } from "#lib/jwks/endpoint.ts";
import { getVerificationKeys } from "#lib/keys/signing.ts";
import { discoveryEndpoint } from "#lib/oidc/discovery-endpoint.ts";
import { tokenEndpoint } from "#lib/oidc/token-endpoint.ts";
import { callEndpoint } from "./endpoint.ts";

/** A client with its secret, which is empty for a public one. */
export type TestClient = { id: string; organizationId: string; clientId: string; secret: string };

/** One key of a JWKS. */
export type JwksKey = Record<string, string> & { x5c?: string[] };

/** Registers a client for client credentials, unless the fields of the management API say something else. */
export async function createTestClient(
  actor: Actor,
  given: Record<string, unknown> = {},
  now: Date = new Date(),
): Promise<TestClient> {
  const fields = { protocol: "oidc", name: "Client", scopes: ["read"], token_expiry_secs: 600, ...given };
  const view = await createApplication(actor, createApplicationSchema.parse(fields), now);
  if (view.protocol !== "oidc") throw new Error("not an OIDC application");
  const { id, client_id: clientId, client_secret: secret } = view;
  return { id, organizationId: actor.organizationId, clientId, secret: secret ?? "" };
}

/** The Authorization header of a client that has a secret. */
export function basicAuthorization({ clientId, secret }: TestClient): string {
  return `Basic ${Buffer.from(`${clientId}:${secret}`).toString("base64")}`;
}

/** Asks the token endpoint for a token. */
export async function askForToken(client: TestClient): Promise<{ status: number; json: Record<string, unknown> }> {
  return callEndpoint(tokenEndpoint, {
    orgId: client.organizationId,
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      authorization: basicAuthorization(client),
    },
    body: new URLSearchParams({ grant_type: "client_credentials" }).toString(),
  });
}

/** A token with the header that it carries. */
export async function issueTestToken(client: TestClient): Promise<{ token: string; kid: string; alg: string }> {
  const { status, json } = await askForToken(client);
  if (status !== 200) throw new Error(`no token: ${status} ${JSON.stringify(json)}`);
  const token = String(json.access_token);
  const { kid = "", alg = "" } = decodeProtectedHeader(token);
  return { token, kid, alg };
}

/** The claims, when our own verifier takes the token. */
export async function verifyTestToken(organizationId: string, token: string): Promise<JwtClaims> {
  const keys = await getVerificationKeys(organizationId);
  const issuer = `http://localhost:3000/orgs/${organizationId}`;
  return verifyJwt(token, { keys: (kid) => keys.get(kid), issuer, audience: issuer, typ: "at+jwt", now: new Date() });
}

/** The keys that the organization publishes now. */
export async function fetchKeys(organizationId: string): Promise<JwksKey[]> {
  const { json } = await callEndpoint(jwksEndpoint, { orgId: organizationId });
  return json.keys as JwksKey[];
}

/** The algorithms that the discovery document names now. */
export async function fetchAlgorithms(organizationId: string): Promise<unknown> {
  const { json } = await callEndpoint(discoveryEndpoint, { orgId: organizationId });
  return json.id_token_signing_alg_values_supported;
}
