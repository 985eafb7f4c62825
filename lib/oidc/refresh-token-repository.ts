import "server-only";
// Refresh tokens in storage, each found by the SHA-256 of what the client holds; every function touches one organization only.
import { database, type Transaction } from "../db/client.ts";
import type { StoredRefreshToken } from "./refresh-token.ts";

/** The refresh token of a person behind a hash with its session, used or not, in one query; null when there is none. */
export async function findRefreshToken(organizationId: string, id: string): Promise<StoredRefreshToken | null> {
  const [row] = await database().$queryRaw<StoredRefreshToken[]>`
    SELECT t."id", t."createdAt", t."expiresAt", t."usedAt", t."sessionId", s."applicationId", a."clientId", s."userId",
      s."scope", s."authenticatedAt", s."startedAt", s."expiresAt" AS "sessionExpiresAt", s."revokedAt"
    FROM "RefreshToken" t
    JOIN "Session" s ON s."id" = t."sessionId"
    JOIN "Application" a ON a."id" = s."applicationId"
    WHERE t."id" = ${id} AND t."organizationId" = ${organizationId} AND s."userId" IS NOT NULL`;
  return row ?? null;
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
