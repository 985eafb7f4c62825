import "server-only";
// Authorization codes in storage, each found by the SHA-256 of what the client holds; every function touches one organization only.
import { database, type Transaction } from "../db/client.ts";
import { AppError } from "../errors.ts";
import type { StoredCode } from "./authorization-code.ts";

/** Adds a code. @throws application.not_found when the application was deleted meanwhile */
export async function insertAuthorizationCode(
  organizationId: string,
  code: Omit<StoredCode, "redeemedAt" | "sessionId" | "isUserActive"> & { createdAt: Date },
  transaction: Transaction,
): Promise<void> {
  try {
    await transaction.authorizationCode.create({ data: { ...code, organizationId } });
  } catch (error) {
    if ((error as { code?: unknown }).code !== "P2003") throw error;
    throw new AppError("application.not_found", "There is no such application.", { cause: error });
  }
}

/** The code behind a hash, with whether its person may still sign in here, or null. */
export async function findAuthorizationCode(
  organizationId: string,
  id: string,
  transaction: Transaction = database(),
): Promise<StoredCode | null> {
  const row = await transaction.authorizationCode.findFirst({
    where: { id, organizationId },
    include: {
      user: { select: { disabledAt: true, memberships: { where: { organizationId }, select: { role: true } } } },
    },
  });
  if (row === null) return null;
  const { user, organizationId: _organizationId, createdAt: _createdAt, ...code } = row;
  return { ...code, isUserActive: user.disabledAt === null && user.memberships.length > 0 };
}

/** Marks a code as redeemed, unless somebody was faster, it has ended or its person is gone; then false. */
export async function claimAuthorizationCode(
  organizationId: string,
  id: string,
  now: Date,
  transaction: Transaction,
): Promise<boolean> {
  const { count } = await transaction.authorizationCode.updateMany({
    where: {
      id,
      organizationId,
      redeemedAt: null,
      expiresAt: { gt: now },
      user: { disabledAt: null, memberships: { some: { organizationId } } },
    },
    data: { redeemedAt: now },
  });
  return count === 1;
}

/** Notes which session came of a redeemed code, so that its second use ends it. */
export async function updateCodeSession(
  organizationId: string,
  { id, sessionId }: { id: string; sessionId: string },
  transaction: Transaction,
): Promise<void> {
  await transaction.authorizationCode.updateMany({ where: { id, organizationId }, data: { sessionId } });
}

/** Removes the codes that ended before a moment. */
export async function removeEndedCodes(organizationId: string, before: Date, transaction: Transaction): Promise<void> {
  await transaction.authorizationCode.deleteMany({ where: { organizationId, expiresAt: { lt: before } } });
}
