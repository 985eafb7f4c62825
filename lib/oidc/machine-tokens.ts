import "server-only";
// Access tokens for machine clients, out of memory: no query, and no write for each of them. @see RFC 6749 section 4.4
import { randomIdentifier } from "../crypto/digest.ts";
import type { EndpointResponse } from "../http/endpoint.ts";
import { getTokenSigner, peekTokenSigner } from "../keys/signing.ts";
import { extendSession, peekStoredSession } from "../sessions/machine-sessions.ts";
import { ACCESS_TOKEN_TYPE, type AccessTokenClaims, chooseScopes, type Grant, toGrant } from "./access-token.ts";
import { certificateKeyPairOf, type KnownClient } from "./client-directory.ts";
import { type Refusal, refuse } from "./oauth-error.ts";
import { toTokenResponse } from "./token-response.ts";

/** What a client gets for itself when it asks for this scope, or for none in particular. */
export function grantToMachine(client: KnownClient, scope: string | undefined): Grant | Refusal {
  if (scope === undefined) return client.fullGrant;
  const scopes = chooseScopes(scope, client.scopes);
  return scopes === null ? refuse("invalid_scope", "The client may not get this scope.") : toGrant(scopes, client);
}

/** The response with an access token of the client itself. @throws storage.unavailable request.too_many */
export async function issueMachineToken(
  organizationId: string,
  client: KnownClient,
  grant: Grant,
): Promise<EndpointResponse> {
  const now = new Date();
  // Decided for each token, so that a certificate stops signing in the very second in which it ends.
  const keyPairId = certificateKeyPairOf(client, now);
  const signer = peekTokenSigner(organizationId, keyPairId) ?? (await getTokenSigner(organizationId, keyPairId));
  const iat = Math.floor(now.getTime() / 1000);
  const exp = iat + client.tokenExpirySecs;
  const use = {
    applicationId: client.applicationId,
    keyPairId: signer.keyPairId,
    subject: client.clientId,
    expiresAt: new Date(exp * 1000),
  };
  const sid = peekStoredSession(organizationId, use) ?? (await extendSession(organizationId, use, now));
  const claims: AccessTokenClaims = {
    iss: client.issuer,
    sub: client.clientId,
    client_id: client.clientId,
    aud: grant.audience,
    exp,
    iat,
    jti: randomIdentifier(),
    sid,
    ...(grant.scope === "" ? {} : { scope: grant.scope }),
  };
  const accessToken = await signer.sign({
    typ: ACCESS_TOKEN_TYPE,
    claims,
    onOtherKey: async ({ keyPairId }) => {
      await extendSession(organizationId, { ...use, keyPairId }, now);
    },
  });
  return toTokenResponse({ accessToken, expiresIn: client.tokenExpirySecs, scope: grant.scope });
}
