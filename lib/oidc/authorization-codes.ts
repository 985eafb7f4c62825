import "server-only";
// Makes authorization codes: the authorization endpoint hands them out, the token endpoint takes each of them once.
import { randomToken, sha256Base64url } from "../crypto/digest.ts";
import { appendToOrganization } from "../db/transaction.ts";
import { CODE_LIFE_MILLISECONDS, CODE_MEMORY_MILLISECONDS, type CodeGrant } from "./authorization-code.ts";
import { insertAuthorizationCode, removeEndedCodes } from "./authorization-code-repository.ts";

/**
 * A new code for what a person granted: 256 random bits in base64url, good for 60 seconds and for one use. Storage holds
 * only its SHA-256.
 * @throws organization.not_found application.not_found
 */
export async function createAuthorizationCode(
  { organizationId, ...grant }: CodeGrant,
  now: Date = new Date(),
): Promise<string> {
  const code = randomToken();
  const row = {
    ...grant,
    id: sha256Base64url(code),
    createdAt: now,
    expiresAt: new Date(now.getTime() + CODE_LIFE_MILLISECONDS),
  };
  await appendToOrganization(organizationId, async (transaction) => {
    await removeEndedCodes(organizationId, new Date(now.getTime() - CODE_MEMORY_MILLISECONDS), transaction);
    await insertAuthorizationCode(organizationId, row, transaction);
  });
  return code;
}
