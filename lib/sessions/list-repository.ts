import "server-only";
// Sessions as they are read: counted for keys and applications, and listed for people; one organization at a time.
import { database, sql, type Transaction } from "../db/client.ts";
import { readRows } from "../db/statements.ts";
import type { CursorKey } from "../paging.ts";
import { whereAlive } from "./repository.ts";
import type { KeyPairSessions, Session, SessionFilter } from "./session.ts";

const SHOWN = {
  application: { select: { id: true, name: true, protocol: true } },
  user: { select: { id: true, email: true, name: true } },
  keys: { select: { expiresAt: true, keyPair: { select: { kid: true } } }, orderBy: { expiresAt: "desc" } },
} as const;

type Found = Awaited<ReturnType<typeof findRows>>[number];
type CountedApplication = {
  applicationId: string;
  name: string;
  count: bigint | number;
  /** SQLite answers with the text that it stores. */
  expiresAt: Date | string;
};

/** How many alive sessions match a filter. */
export async function countAlive(
  organizationId: string,
  filter: SessionFilter,
  now: Date,
  transaction: Transaction = database(),
): Promise<number> {
  return transaction.session.count({ where: whereAlive(organizationId, filter, now) });
}

/** How many sessions of an organization are alive. */
export async function countAllAlive(organizationId: string, now: Date): Promise<number> {
  const statement = sql`
    SELECT COUNT(*) AS "count" FROM "Session"
    WHERE "organizationId" = ${organizationId} AND "revokedAt" IS NULL AND "expiresAt" > ${now}`;
  const [row] = await readRows<{ count: bigint | number }>(statement);
  return Number(row?.count ?? 0);
}

/** The alive sessions of each key pair by application, most sessions first; a pair without any is left out. */
export async function countAliveByKeyPair(organizationId: string, now: Date): Promise<Map<string, KeyPairSessions>> {
  const statement = sql`
    SELECT k."keyPairId", a."id" AS "applicationId", a."name", COUNT(*) AS "count", MAX(k."expiresAt") AS "expiresAt"
    FROM "SessionKey" k
    JOIN "Session" s ON s."id" = k."sessionId"
    JOIN "Application" a ON a."id" = s."applicationId"
    WHERE k."organizationId" = ${organizationId} AND k."expiresAt" > ${now} AND s."revokedAt" IS NULL
    GROUP BY k."keyPairId", a."id", a."name"`;
  const rows = await readRows<CountedApplication & { keyPairId: string }>(statement);
  const byKeyPair = new Map<string, CountedApplication[]>();
  for (const row of rows) {
    const ofKeyPair = byKeyPair.get(row.keyPairId) ?? [];
    ofKeyPair.push(row);
    byKeyPair.set(row.keyPairId, ofKeyPair);
  }
  return new Map([...byKeyPair].map(([keyPairId, applications]) => [keyPairId, toKeyPairSessions(applications)]));
}

/** The alive sessions of one key pair by application, most sessions first. */
export async function countAliveOfKeyPair(
  organizationId: string,
  keyPairId: string,
  now: Date,
  transaction?: Transaction,
): Promise<KeyPairSessions> {
  const statement = sql`
    SELECT a."id" AS "applicationId", a."name", COUNT(*) AS "count", MAX(k."expiresAt") AS "expiresAt"
    FROM "SessionKey" k
    JOIN "Session" s ON s."id" = k."sessionId"
    JOIN "Application" a ON a."id" = s."applicationId"
    WHERE k."organizationId" = ${organizationId} AND k."keyPairId" = ${keyPairId} AND k."expiresAt" > ${now}
      AND s."revokedAt" IS NULL
    GROUP BY a."id", a."name"`;
  return toKeyPairSessions(await readRows<CountedApplication>(statement, transaction));
}

function toKeyPairSessions(rows: CountedApplication[]): KeyPairSessions {
  const applications = rows
    .map(({ applicationId: id, name, count, expiresAt }) => ({
      id,
      name,
      activeSessions: Number(count),
      expiresAt: new Date(expiresAt),
    }))
    .sort((a, b) => b.activeSessions - a.activeSessions || a.name.localeCompare(b.name));
  return { activeSessions: applications.reduce((sum, { activeSessions }) => sum + activeSessions, 0), applications };
}

/** The alive sessions of each of these applications, and the latest end among them. */
export async function countAliveByApplication(
  organizationId: string,
  applicationIds: string[],
  now: Date,
  transaction: Transaction = database(),
): Promise<Map<string, { activeSessions: number; expiresAt: Date }>> {
  const groups = await transaction.session.groupBy({
    by: ["applicationId"],
    where: { ...whereAlive(organizationId, {}, now), applicationId: { in: applicationIds } },
    _count: { _all: true },
    _max: { expiresAt: true },
  });
  return new Map(
    groups.map(({ applicationId, _count, _max }) => [
      applicationId,
      { activeSessions: _count._all, expiresAt: _max.expiresAt ?? now },
    ]),
  );
}

/** The alive sessions that match a filter, latest start first, from a cursor on. */
export async function findManySessions(
  organizationId: string,
  { filter, after, take }: { filter: SessionFilter; after: { at: Date; id: string } | null; take: number },
  now: Date,
): Promise<Session[]> {
  const from = after ? { OR: [{ startedAt: { lt: after.at } }, { startedAt: after.at, id: { lt: after.id } }] } : {};
  return (await findRows({ ...whereAlive(organizationId, filter, now), ...from }, take)).map(toSession);
}

async function findRows(where: ReturnType<typeof whereAlive>, take: number) {
  const orderBy = [{ startedAt: "desc" as const }, { id: "desc" as const }];
  return database().session.findMany({ where, include: SHOWN, orderBy, take });
}

/** True while a session is alive. */
export async function isSessionAlive(
  organizationId: string,
  id: string,
  now: Date,
  transaction: Transaction = database(),
): Promise<boolean> {
  return (await countAlive(organizationId, { id }, now, transaction)) > 0;
}

/** Who uses which application in a session that exists, in words for the audit log. One query after the other: they share a connection. */
export async function findSessionNames(
  organizationId: string,
  which: { id?: string | undefined; applicationId?: string | undefined; userId?: string | undefined },
  transaction: Transaction,
): Promise<{ who: string; application: string }> {
  const { id, applicationId, userId } = which;
  const where = {
    organizationId,
    ...(id === undefined ? {} : { id }),
    ...(applicationId === undefined ? {} : { applicationId }),
    ...(userId === undefined ? {} : { userId }),
  };
  const select = { subject: true, application: { select: { name: true } } };
  const { subject, application } = await transaction.session.findFirstOrThrow({ where, select });
  const { user } = await transaction.session.findFirstOrThrow({ where, select: { user: { select: { email: true } } } });
  return { who: user?.email ?? subject, application: application.name };
}

/** Where a session stands in {@link findManySessions}. */
export function sessionCursorKey(session: Session): CursorKey {
  return { value: session.startedAt.toISOString(), id: session.id };
}

function toSession(row: Found): Session {
  const { id, organizationId, application, user, subject, scope, authenticatedAt, startedAt, lastUsedAt } = row;
  const keys = row.keys.map(({ keyPair, expiresAt }) => ({ kid: keyPair.kid, expiresAt }));
  const times = { authenticatedAt, startedAt, lastUsedAt, expiresAt: row.expiresAt };
  return { id, organizationId, application, user, subject, scope, keys, ...times };
}
