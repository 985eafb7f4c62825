import "server-only";
// Reads and writes people, their memberships and their portal sessions; these belong to no single organization.
import { database, sql, type Transaction } from "../db/client.ts";
import { readRows } from "../db/statements.ts";
import { ROLES, type Role } from "./permissions.ts";

/** A person with an account. */
export type UserRow = NonNullable<Awaited<ReturnType<Transaction["user"]["findFirst"]>>>;

/** A portal session with the person it belongs to and every organization that person is a member of. */
export type PortalSessionRow = {
  id: string;
  createdAt: Date;
  lastSeenAt: Date;
  expiresAt: Date;
  revokedAt: Date | null;
  user: Omit<UserRow, "passwordHash" | "createdAt"> & {
    memberships: { organizationId: string; organizationName: string; role: string }[];
  };
};

/** A session once for each membership; with nulls where there is none. */
type JoinedSession = Omit<PortalSessionRow, "user"> & {
  userId: string;
  email: string;
  userName: string;
  disabledAt: Date | null;
} & (
    | { organizationId: string; organizationName: string; role: string }
    | { organizationId: null; organizationName: null; role: null }
  );

/** A portal session as its owner sees it in a list. */
export type PortalSessionEntry = {
  id: string;
  createdAt: Date;
  lastSeenAt: Date;
  expiresAt: Date;
  address: string;
  userAgent: string;
};

/** Finds a person by an email address that is already in its stored form (trimmed, lower case). */
export async function findUserByEmail(email: string, transaction: Transaction = database()): Promise<UserRow | null> {
  return transaction.user.findUnique({ where: { email } });
}

/** Finds a person by id. */
export async function findUser(userId: string, transaction: Transaction = database()): Promise<UserRow | null> {
  return transaction.user.findUnique({ where: { id: userId } });
}

/** Stores a new person. */
export async function insertUser(
  user: { id: string; email: string; name: string; passwordHash: string; createdAt: Date },
  transaction: Transaction,
): Promise<void> {
  await transaction.user.create({ data: user });
}

/** Replaces a password hash, but only when it is still the one that was verified. */
export async function updatePasswordHash(
  userId: string,
  change: { from: string; to: string },
  transaction: Transaction,
): Promise<boolean> {
  const { count } = await transaction.user.updateMany({
    where: { id: userId, passwordHash: change.from },
    data: { passwordHash: change.to },
  });
  return count === 1;
}

/** Shuts a person out from a moment on, or with null lets them in again; false when that is so already. */
export async function updateDisabledAt(
  userId: string,
  disabledAt: Date | null,
  transaction: Transaction,
): Promise<boolean> {
  const { count } = await transaction.user.updateMany({
    where: { id: userId, disabledAt: disabledAt === null ? { not: null } : null },
    data: { disabledAt },
  });
  return count === 1;
}

/** Holds the row of a person until the end of the transaction; false when the password is another one or the person disabled by now. */
export async function lockVerifiedUser(
  userId: string,
  passwordHash: string,
  transaction: Transaction,
): Promise<boolean> {
  const { count } = await transaction.user.updateMany({
    where: { id: userId, passwordHash, disabledAt: null },
    data: { passwordHash },
  });
  return count === 1;
}

/** The ids of every organization that a person is a member of. */
export async function findOrganizationIdsOfUser(
  userId: string,
  transaction: Transaction = database(),
): Promise<string[]> {
  const rows = await transaction.membership.findMany({
    where: { userId },
    select: { organizationId: true },
    orderBy: { organizationId: "asc" },
  });
  return rows.map((row) => row.organizationId);
}

/** Stores a new portal session; `id` is the SHA-256 of its secret, base64url. */
export async function insertPortalSession(
  session: { id: string; userId: string; createdAt: Date; expiresAt: Date; address: string; userAgent: string },
  transaction: Transaction,
): Promise<void> {
  await transaction.portalSession.create({ data: { ...session, lastSeenAt: session.createdAt } });
}

/** Finds a portal session with its person and that person's memberships, in one query. */
export async function findSession(id: string, transaction?: Transaction): Promise<PortalSessionRow | null> {
  const statement = sql`
    SELECT s."id", s."createdAt", s."lastSeenAt", s."expiresAt", s."revokedAt", s."userId", u."email",
      u."name" AS "userName", u."disabledAt", m."organizationId", m."role", o."name" AS "organizationName"
    FROM "PortalSession" s
    JOIN "User" u ON u."id" = s."userId"
    LEFT JOIN "Membership" m ON m."userId" = u."id"
    LEFT JOIN "Organization" o ON o."id" = m."organizationId"
    WHERE s."id" = ${id}`;
  const rows = await readRows<JoinedSession>(statement, transaction);
  const [first] = rows;
  if (first === undefined) return null;
  const { createdAt, lastSeenAt, expiresAt, revokedAt, userId, email, userName: name, disabledAt } = first;
  const memberships = rows.flatMap(({ organizationId, organizationName, role }) =>
    organizationId === null ? [] : [{ organizationId, organizationName, role }],
  );
  const user = { id: userId, email, name, disabledAt, memberships };
  return { id, createdAt, lastSeenAt, expiresAt, revokedAt, user };
}

/** Portal sessions of one person that are not revoked and not past their end, newest first. */
export async function findSessionsOfUser(
  userId: string,
  now: Date,
  transaction: Transaction = database(),
): Promise<PortalSessionEntry[]> {
  return transaction.portalSession.findMany({
    where: { userId, revokedAt: null, expiresAt: { gt: now } },
    select: { id: true, createdAt: true, lastSeenAt: true, expiresAt: true, address: true, userAgent: true },
    orderBy: { createdAt: "desc" },
    take: 100,
  });
}

/** Writes when a session was last used; an older write never wins. */
export async function updateLastSeen(id: string, now: Date, transaction: Transaction): Promise<void> {
  await transaction.portalSession.updateMany({ where: { id, lastSeenAt: { lt: now } }, data: { lastSeenAt: now } });
}

/** Revokes one session of a person, or with `exceptId` all the others; returns how many were alive. */
export async function revokeSessions(
  userId: string,
  which: { id?: string; exceptId?: string },
  now: Date,
  transaction: Transaction,
): Promise<number> {
  const { count } = await transaction.portalSession.updateMany({
    where: {
      userId,
      revokedAt: null,
      ...(which.id === undefined ? {} : { id: which.id }),
      ...(which.exceptId === undefined ? {} : { id: { not: which.exceptId } }),
    },
    data: { revokedAt: now },
  });
  return count;
}

/** Removes sessions of a person that ended before a moment, so that the table does not grow for ever. */
export async function removeEndedSessions(userId: string, before: Date, transaction: Transaction): Promise<void> {
  await transaction.portalSession.deleteMany({ where: { userId, expiresAt: { lt: before } } });
}

/** A role as it is stored, or null for a word that is none. */
export function parseRole(role: string): Role | null {
  return ROLES.find((known) => known === role) ?? null;
}
