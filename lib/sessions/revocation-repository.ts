import "server-only";
// What was revoked and could still be believed; every function touches one organization only.
import { database, type Transaction } from "../db/client.ts";

/** The revoked sessions with a token that has not ended, and the revoked tokens that have not. */
export async function findRevocations(
  organizationId: string,
  now: Date,
): Promise<{ sessionIds: string[]; tokenIds: string[] }> {
  const isAlive = { expiresAt: { gt: now } };
  const [sessions, tokens] = await Promise.all([
    database().session.findMany({
      where: { organizationId, revokedAt: { not: null }, keys: { some: isAlive } },
      select: { id: true },
    }),
    database().revokedToken.findMany({ where: { organizationId, ...isAlive }, select: { id: true } }),
  ]);
  return { sessionIds: sessions.map(({ id }) => id), tokenIds: tokens.map(({ id }) => id) };
}

/** True when a token has been revoked by itself. */
export async function isTokenRevoked(
  organizationId: string,
  jti: string,
  transaction: Transaction = database(),
): Promise<boolean> {
  return (await transaction.revokedToken.count({ where: { organizationId, id: jti } })) > 0;
}

/** Adds a revoked token. */
export async function insertRevokedToken(
  organizationId: string,
  { jti, expiresAt }: { jti: string; expiresAt: Date },
  transaction: Transaction,
): Promise<void> {
  await transaction.revokedToken.create({ data: { id: jti, organizationId, expiresAt } });
}

/** Removes the revoked tokens that ended before a moment. */
export async function removeEndedTokens(organizationId: string, before: Date, transaction: Transaction): Promise<void> {
  await transaction.revokedToken.deleteMany({ where: { organizationId, expiresAt: { lt: before } } });
}

/** Ends the authorization codes of a person that nobody has redeemed yet, since each would begin a session. */
export async function endCodesOfUser(
  organizationId: string,
  userId: string,
  now: Date,
  transaction: Transaction,
): Promise<void> {
  await transaction.authorizationCode.updateMany({
    where: { organizationId, userId, redeemedAt: null, expiresAt: { gt: now } },
    data: { expiresAt: now },
  });
}
