import "server-only";
// Reads and writes organizations and their memberships.
import type { Role } from "../auth/permissions.ts";
import { parseRole } from "../auth/repository.ts";
import { database, sql, type Transaction } from "../db/client.ts";
import { readRows } from "../db/statements.ts";
import { AppError } from "../errors.ts";

/** An organization as it is stored. */
export type OrganizationRow = { id: string; name: string; createdAt: Date };

/** A member with what the person's account says. */
export type MemberRow = {
  userId: string;
  email: string;
  name: string;
  role: Role;
  isDisabled: boolean;
  createdAt: Date;
};

const MEMBER = {
  role: true,
  createdAt: true,
  user: { select: { id: true, email: true, name: true, disabledAt: true } },
} as const;

type FoundMember = {
  role: string;
  createdAt: Date;
  user: { id: string; email: string; name: string; disabledAt: Date | null };
};

/** Finds an organization. */
export async function findOrganization(
  organizationId: string,
  transaction: Transaction = database(),
): Promise<OrganizationRow | null> {
  return transaction.organization.findUnique({
    where: { id: organizationId },
    select: { id: true, name: true, createdAt: true },
  });
}

/** Stores a new organization. @throws organization.id_taken */
export async function insertOrganization(
  organizationId: string,
  organization: { name: string; createdAt: Date },
  transaction: Transaction,
): Promise<void> {
  try {
    await transaction.organization.create({ data: { id: organizationId, ...organization } });
  } catch (error) {
    if ((error as { code?: unknown }).code !== "P2002") throw error;
    throw new AppError("organization.id_taken", "There is an organization with this id already.", {
      cause: error,
      errors: [{ field: "id", code: "taken", message: "This id is taken." }],
    });
  }
}

/** Stores another name. */
export async function updateOrganizationName(
  organizationId: string,
  name: string,
  transaction: Transaction,
): Promise<void> {
  await transaction.organization.update({ where: { id: organizationId }, data: { name } });
}

/** Every member of an organization, the oldest first. */
export async function findMembers(organizationId: string, transaction: Transaction = database()): Promise<MemberRow[]> {
  const rows = await transaction.membership.findMany({
    where: { organizationId },
    select: MEMBER,
    orderBy: [{ createdAt: "asc" }, { userId: "asc" }],
  });
  return rows.flatMap(toMemberRow);
}

/** One member, or null for somebody who is none. */
export async function findMember(
  organizationId: string,
  userId: string,
  transaction: Transaction = database(),
): Promise<MemberRow | null> {
  const where = { organizationId_userId: { organizationId, userId } };
  const row = await transaction.membership.findUnique({ where, select: MEMBER });
  return (row && toMemberRow(row)[0]) ?? null;
}

function toMemberRow({ role, createdAt, user }: FoundMember): MemberRow[] {
  const known = parseRole(role);
  if (!known) return [];
  const { id: userId, email, name, disabledAt } = user;
  return [{ userId, email, name, role: known, isDisabled: disabledAt !== null, createdAt }];
}

/** True when some organization has an owner. */
export async function hasAnyOwner(transaction?: Transaction): Promise<boolean> {
  const statement = sql`SELECT "userId" FROM "Membership" WHERE "role" = 'owner' LIMIT 1`;
  return (await readRows(statement, transaction)).length > 0;
}

/** Stores a membership. */
export async function insertMembership(
  organizationId: string,
  membership: { userId: string; role: Role; createdAt: Date },
  transaction: Transaction,
): Promise<void> {
  await transaction.membership.create({ data: { organizationId, ...membership } });
}

/** Stores another role of a member. */
export async function updateRole(
  organizationId: string,
  change: { userId: string; role: Role },
  transaction: Transaction,
): Promise<void> {
  await transaction.membership.update({
    where: { organizationId_userId: { organizationId, userId: change.userId } },
    data: { role: change.role },
  });
}

/** Ends a membership. */
export async function removeMembership(
  organizationId: string,
  userId: string,
  transaction: Transaction,
): Promise<void> {
  await transaction.membership.delete({ where: { organizationId_userId: { organizationId, userId } } });
}
