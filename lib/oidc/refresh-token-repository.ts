import "server-only";
// Refresh tokens in storage, each found by the SHA-256 of what the client holds; every function touches one organization only.
import { database, type Transaction } from "../db/client.ts";
import type { StoredRefreshToken } from "./refresh-token.ts";

/** The refresh token behind a hash with its session, or null. */
export async function findRefreshToken(organizationId: string, id: string): Promise<StoredRefreshToken | null> {
  return database().refreshToken.findFirst({
    where: { id, organizationId },
    select: {
      id: true,
      expiresAt: true,
      usedAt: true,
      session: {
        select: {
          id: true,
          applicationId: true,
          userId: true,
          scope: true,
          authenticatedAt: true,
          startedAt: true,
          expiresAt: true,
          revokedAt: true,
        },
      },
    },
  });
}

/** Adds a refresh token. */
export async function insertRefreshToken(
  organizationId: string,
  token: { id: string; sessionId: string; createdAt: Date; expiresAt: Date },
  transaction: Transaction,
): Promise<void> {
  await transaction.refreshToken.create({ data: { ...token, organizationId } });
}

/** Marks a refresh token as used, unless somebody was faster or it has ended; then false. */
export async function claimRefreshToken(
  organizationId: string,
  id: string,
  now: Date,
  transaction: Transaction,
): Promise<boolean> {
  const { count } = await transaction.refreshToken.updateMany({
    where: { id, organizationId, usedAt: null, expiresAt: { gt: now } },
    data: { usedAt: now },
  });
  return count === 1;
}
