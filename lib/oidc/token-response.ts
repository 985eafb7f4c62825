// The answer of the token endpoint. @see RFC 6749 section 5.1
import type { EndpointResponse } from "../http/endpoint.ts";
import { NO_STORE_HEADERS } from "./oauth-error.ts";

/** What a client gets; `expiresIn` in seconds. */
export type IssuedTokens = {
  accessToken: string;
  expiresIn: number;
  scope: string;
  idToken?: string | null;
  refreshToken?: string | null;
};

/** The response that carries tokens. No token and no scope has a character that JSON would have to escape. */
export function toTokenResponse(issued: IssuedTokens): EndpointResponse {
  const { accessToken, expiresIn, scope, idToken, refreshToken } = issued;
  let body = `{"access_token":"${accessToken}","token_type":"Bearer","expires_in":${expiresIn}`;
  if (scope !== "") body += `,"scope":"${scope}"`;
  if (idToken) body += `,"id_token":"${idToken}"`;
  if (refreshToken) body += `,"refresh_token":"${refreshToken}"`;
  return { status: 200, headers: NO_STORE_HEADERS, body: `${body}}` };
}
