import "server-only";
// Access token and ID token for a person who signed in to an application, both signed by the same key.
import { randomIdentifier } from "../crypto/digest.ts";
import { AppError, isAppError } from "../errors.ts";
import { getTokenSigner, peekTokenSigner, type TokenSigner } from "../keys/signing.ts";
import { ACCESS_TOKEN_TYPE, type AccessTokenClaims, toGrant } from "./access-token.ts";
import { certificateKeyPairOf, type KnownClient } from "./client-directory.ts";
import { ID_TOKEN_TYPE, toIdTokenClaims } from "./id-token.ts";

const ATTEMPTS = 3;
const OPENID_SCOPE = "openid";

/** What a person's tokens tell. */
export type PersonGrant = {
  sessionId: string;
  userId: string;
  scopes: readonly string[];
  authenticatedAt: Date;
  nonce: string | null;
};

/** Tokens that nobody has seen yet: they may be handed out once storage says that their session lasts until `endsAt`. */
export type PersonTokens = {
  accessToken: string;
  /** Null when the scope openid was not granted. */
  idToken: string | null;
  expiresIn: number;
  scope: string;
  keyPairId: string;
  endsAt: Date;
};

/**
 * Signs the tokens of a person with the key that signs for the client now.
 * @throws storage.unavailable request.too_many
 */
export async function signPersonTokens(
  organizationId: string,
  client: KnownClient,
  grant: PersonGrant,
  now: Date,
): Promise<PersonTokens> {
  for (let tried = 1; ; tried += 1) {
    try {
      const keyPairId = certificateKeyPairOf(client, now);
      const signer = peekTokenSigner(organizationId, keyPairId) ?? (await getTokenSigner(organizationId, keyPairId));
      return await signWith(signer, client, grant, now);
    } catch (error) {
      if (!isAppError(error, "key.destroyed") || tried === ATTEMPTS) throw error;
    }
  }
}

async function signWith(
  signer: TokenSigner,
  client: KnownClient,
  grant: PersonGrant,
  now: Date,
): Promise<PersonTokens> {
  const { sessionId, userId, scopes } = grant;
  const { scope, audience } = toGrant(scopes, client);
  const iat = Math.floor(now.getTime() / 1000);
  const exp = iat + client.tokenExpirySecs;
  const claims: AccessTokenClaims = {
    iss: client.issuer,
    sub: userId,
    client_id: client.clientId,
    aud: audience,
    exp,
    iat,
    jti: randomIdentifier(),
    sid: sessionId,
    ...(scope === "" ? {} : { scope }),
  };
  const accessToken = await signer.sign({ typ: ACCESS_TOKEN_TYPE, claims, onOtherKey: startAnew });
  const issued = { accessToken, expiresIn: client.tokenExpirySecs, scope, keyPairId: signer.keyPairId };
  if (!scopes.includes(OPENID_SCOPE)) return { ...issued, idToken: null, endsAt: new Date(exp * 1000) };
  const idExp = iat + client.idTokenExpirySecs;
  const { issuer, clientId } = client;
  const { algorithm } = signer;
  const idClaims = toIdTokenClaims({ ...grant, issuer, clientId, accessToken, algorithm, iat, exp: idExp });
  const idToken = await signer.sign({ typ: ID_TOKEN_TYPE, claims: idClaims, onOtherKey: startAnew });
  return { ...issued, idToken, endsAt: new Date(Math.max(exp, idExp) * 1000) };
}

/** The ID token holds a hash that depends on the key, so both are signed again when the key was dropped meanwhile. */
function startAnew(): never {
  throw new AppError("key.destroyed", "The signing key was dropped meanwhile.");
}
