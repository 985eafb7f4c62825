import "server-only";
// Personal access tokens in storage; every function touches one organization only.
import type { Role } from "../auth/permissions.ts";
import { database, sql, type Transaction } from "../db/client.ts";
import { readRows } from "../db/statements.ts";
import { writeAlone } from "../db/transaction.ts";
import type { CursorKey } from "../paging.ts";
import { permissionListSchema } from "./schema.ts";
import type { PersonalToken, TokenHolder } from "./token.ts";

/** A token with the person behind it. */
export type HeldToken = { token: PersonalToken; holder: TokenHolder };

type TokenRow = NonNullable<Awaited<ReturnType<Transaction["apiToken"]["findFirst"]>>>;
type Row = TokenRow & {
  user: { email: string; disabledAt: Date | null; memberships: { role: string; createdAt: Date }[] };
};
type JoinedToken = TokenRow & {
  email: string;
  disabledAt: Date | null;
  role: string | null;
  memberSince: Date | null;
};

/** One token with its person, in one query; null for a missing or foreign id. */
export async function findToken(
  organizationId: string,
  id: string,
  transaction?: Transaction,
): Promise<HeldToken | null> {
  const statement = sql`
    SELECT t."id", t."organizationId", t."userId", t."name", t."permissions", t."kid", t."createdAt", t."expiresAt",
      t."lastUsedAt", t."revokedAt", u."email", u."disabledAt", m."role", m."createdAt" AS "memberSince"
    FROM "ApiToken" t
    JOIN "User" u ON u."id" = t."userId"
    LEFT JOIN "Membership" m ON m."userId" = t."userId" AND m."organizationId" = t."organizationId"
    WHERE t."id" = ${id} AND t."organizationId" = ${organizationId}`;
  const [row] = await readRows<JoinedToken>(statement, transaction);
  if (row === undefined) return null;
  const { email, disabledAt, role, memberSince, ...token } = row;
  const memberships = role === null || memberSince === null ? [] : [{ role, createdAt: memberSince }];
  return toHeldToken({ ...token, user: { email, disabledAt, memberships } });
}

/** Tokens, latest first, from a cursor on; only those of one person unless `userId` is null. */
export async function findManyTokens(
  organizationId: string,
  { userId, after, take }: { userId: string | null; after: { at: Date; id: string } | null; take: number },
  transaction: Transaction = database(),
): Promise<HeldToken[]> {
  const rows = await transaction.apiToken.findMany({
    where: {
      organizationId,
      ...(userId === null ? {} : { userId }),
      ...(after ? { OR: [{ createdAt: { lt: after.at } }, { createdAt: after.at, id: { lt: after.id } }] } : {}),
    },
    include: holderOf(organizationId),
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take,
  });
  return rows.map(toHeldToken);
}

/** Where a token stands in {@link findManyTokens}. */
export function tokenCursorKey({ token }: HeldToken): CursorKey {
  return { value: token.createdAt.toISOString(), id: token.id };
}

/** Adds a token. */
export async function insertToken(
  organizationId: string,
  token: PersonalToken,
  transaction: Transaction,
): Promise<void> {
  await transaction.apiToken.create({
    data: { ...token, organizationId, permissions: JSON.stringify(token.permissions) },
  });
}

/** Marks a token as revoked. */
export async function updateRevokedAt(
  organizationId: string,
  { id, at }: { id: string; at: Date },
  transaction: Transaction,
): Promise<void> {
  await transaction.apiToken.updateMany({ where: { id, organizationId, revokedAt: null }, data: { revokedAt: at } });
}

/** Marks a token as used, unless that was noted after `notSince`. */
export async function updateLastUsedAt(
  organizationId: string,
  { id, at, notSince }: { id: string; at: Date; notSince: Date },
): Promise<void> {
  const where = { id, organizationId, OR: [{ lastUsedAt: null }, { lastUsedAt: { lt: notSince } }] };
  await writeAlone((db) => db.apiToken.updateMany({ where, data: { lastUsedAt: at } }));
}

function holderOf(organizationId: string) {
  return { user: { include: { memberships: { where: { organizationId } } } } } as const;
}

function toHeldToken({ user, permissions, ...row }: Row): HeldToken {
  const [membership] = user.memberships;
  return {
    token: { ...row, permissions: permissionListSchema.parse(JSON.parse(permissions)) },
    holder: {
      email: user.email,
      disabledAt: user.disabledAt,
      membership: membership ? { role: membership.role as Role, createdAt: membership.createdAt } : null,
    },
  };
}
