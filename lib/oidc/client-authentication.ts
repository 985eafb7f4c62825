import "server-only";
// Tells whether a client is who it says it is, and slows down whoever guesses.
import { constantTimeEqual, sha256Base64url } from "../crypto/digest.ts";
import { log } from "../log.ts";
import type { ClientDirectory, KnownClient } from "./client-directory.ts";
import { countClientFailure, waitAfterGuesses } from "./client-throttle.ts";
import { type Refusal, refuse } from "./oauth-error.ts";
import type { ClientCredentials } from "./token-request.ts";

const UNKNOWN_CLIENT_HASH = "0".repeat(43);

/**
 * The client with these credentials; a public one has no secret and must not bring any. Guessing is answered 429 after a while, but a right secret always works, so that
 * nobody can lock a client out. @see RFC 6749 section 2.3.1
 */
export function authenticateClient(
  clients: ClientDirectory,
  { clientId, clientSecret }: ClientCredentials,
  remoteAddress: string,
): KnownClient | Refusal {
  const client = clients.get(clientId);
  if (client?.isConfidential === false && clientSecret === "") return client;
  const hash = sha256Base64url(clientSecret);
  let isRight = false;
  for (const known of client?.secretHashes ?? [UNKNOWN_CLIENT_HASH]) {
    if (constantTimeEqual(hash, known)) isRight = true;
  }
  return client !== undefined && isRight ? client : refuseClient(client, remoteAddress);
}

/**
 * A refusal for a network that has guessed too often at codes and refresh tokens in the name of public clients, which
 * anybody can call himself; null for every other one, and always for a client that has proved who it is.
 */
export function refuseGuesser({ isConfidential }: KnownClient, remoteAddress: string): Refusal | null {
  const retryAfter = isConfidential ? null : waitAfterGuesses(remoteAddress);
  if (retryAfter === null) return null;
  return { ...refuse("temporarily_unavailable", "Too many tokens from your network were none.", 429), retryAfter };
}

function refuseClient(client: KnownClient | undefined, remoteAddress: string): Refusal {
  const retryAfter = countClientFailure(client?.applicationId, remoteAddress);
  if (retryAfter !== null) return { ...refuse("invalid_client", "Too many failed attempts.", 429), retryAfter };
  if (client) log().warn({ clientId: client.clientId, remoteAddress }, "a client failed to authenticate");
  return refuse("invalid_client", "The client is unknown or its secret is wrong.", 401);
}
