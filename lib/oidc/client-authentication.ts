import "server-only";
// Tells whether a client is who it says it is, and slows down whoever guesses.
import { LRUCache } from "lru-cache";
import { constantTimeEqual, sha256Base64url } from "../crypto/digest.ts";
import { log } from "../log.ts";
import type { ClientDirectory, KnownClient } from "./client-directory.ts";
import { type Refusal, refuse } from "./oauth-error.ts";
import type { ClientCredentials } from "./token-request.ts";

const WINDOW_SECONDS = 60;
const FAILURES_PER_WINDOW = 60;
const UNKNOWN_CLIENT_HASH = "0".repeat(43);

/** Failed attempts by client, or by address for clients that do not exist. */
const failures = new LRUCache<string, { count: number }>({ max: 10_000, ttl: WINDOW_SECONDS * 1000 });

/**
 * The client with these credentials. Guessing is answered 429 after a while, but a right secret always works, so that
 * nobody can lock a client out. @see RFC 6749 section 2.3.1
 */
export function authenticateClient(
  clients: ClientDirectory,
  { clientId, clientSecret }: ClientCredentials,
  remoteAddress: string,
): KnownClient | Refusal {
  const client = clients.get(clientId);
  const hash = sha256Base64url(clientSecret);
  let isRight = false;
  for (const known of client?.secretHashes ?? [UNKNOWN_CLIENT_HASH]) {
    if (constantTimeEqual(hash, known)) isRight = true;
  }
  return client !== undefined && isRight ? client : refuseClient(client, remoteAddress);
}

function refuseClient(client: KnownClient | undefined, remoteAddress: string): Refusal {
  const key = client?.applicationId ?? remoteAddress;
  const failed = failures.get(key) ?? { count: 0 };
  failed.count += 1;
  if (failed.count === 1) failures.set(key, failed);
  if (failed.count <= FAILURES_PER_WINDOW) {
    if (client) log().warn({ clientId: client.clientId, remoteAddress }, "a client failed to authenticate");
    return refuse("invalid_client", "The client is unknown or its secret is wrong.", 401);
  }
  const retryAfter = Math.ceil(failures.getRemainingTTL(key) / 1000);
  return { ...refuse("invalid_client", "Too many failed attempts.", 429), retryAfter };
}
