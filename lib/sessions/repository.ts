import "server-only";
// Sessions in storage; every function touches one organization only.
import { database, type Transaction } from "../db/client.ts";
import type { CursorKey } from "../paging.ts";
import { type KeyPairSessions, planHorizon, type Session, type SessionUse } from "./session.ts";

/** Rows that ended this long ago are history that nobody asks for; younger ones stay, because clocks differ. */
const KEPT_AFTER_END_MILLISECONDS = 60 * 60 * 1000;

const SHOWN = {
  application: { select: { id: true, name: true, protocol: true } },
  keyPair: { select: { id: true, kid: true } },
} as const;

type Found = NonNullable<Awaited<ReturnType<typeof findOne>>>;

/**
 * Stores that a session lasts at least as long as the planned horizon of this use, and answers the stored end.
 * An end is never moved back. Null when the application is gone. The caller holds the organization's lock.
 */
export async function upsertSession(
  organizationId: string,
  use: SessionUse,
  now: Date,
  transaction: Transaction,
): Promise<Date | null> {
  const { applicationId, keyPairId, subject } = use;
  const application = await transaction.application.findFirst({
    where: { id: applicationId, organizationId },
    select: { id: true },
  });
  if (application === null) return null;
  const existing = await findOne(organizationId, use, transaction);
  const planned = planHorizon(use.expiresAt);
  const isAlive = existing !== null && existing.expiresAt > now;
  const expiresAt = isAlive && existing.expiresAt > planned ? existing.expiresAt : planned;
  await transaction.session.upsert({
    where: { applicationId_keyPairId_subject: { applicationId, keyPairId, subject }, organizationId },
    create: {
      id: crypto.randomUUID(),
      organizationId,
      applicationId,
      keyPairId,
      subject,
      startedAt: now,
      lastUsedAt: now,
      expiresAt,
    },
    update: { expiresAt, lastUsedAt: now, ...(isAlive ? {} : { startedAt: now }) },
  });
  return expiresAt;
}

async function findOne(organizationId: string, use: SessionUse, transaction: Transaction) {
  const { applicationId, keyPairId, subject } = use;
  return transaction.session.findFirst({
    where: { organizationId, applicationId, keyPairId, subject },
    include: SHOWN,
  });
}

/** Removes what ended long ago. */
export async function removeEndedSessions(organizationId: string, now: Date, transaction: Transaction): Promise<void> {
  const before = new Date(now.getTime() - KEPT_AFTER_END_MILLISECONDS);
  await transaction.session.deleteMany({ where: { organizationId, expiresAt: { lt: before } } });
}

/** Ends every session whose tokens one key pair signed. */
export async function endSessions(
  organizationId: string,
  keyPairId: string,
  now: Date,
  transaction: Transaction,
): Promise<void> {
  const alive = { organizationId, keyPairId, expiresAt: { gt: now } };
  await transaction.session.updateMany({ where: alive, data: { expiresAt: now } });
}

/** How many pairs of application and subject are alive. */
export async function countAliveGrants(
  organizationId: string,
  now: Date,
  transaction: Transaction = database(),
): Promise<number> {
  const rows = await transaction.$queryRaw<{ count: bigint | number }[]>`
    SELECT COUNT(*) AS "count" FROM (
      SELECT DISTINCT "applicationId", "subject" FROM "Session"
      WHERE "organizationId" = ${organizationId} AND "expiresAt" > ${now}
    ) AS "grants"`;
  return Number(rows[0]?.count ?? 0);
}

/** The alive sessions of each key pair by application, most sessions first. */
export async function countAliveByKeyPair(
  organizationId: string,
  now: Date,
  transaction: Transaction = database(),
): Promise<Map<string, KeyPairSessions>> {
  const groups = await transaction.session.groupBy({
    by: ["keyPairId", "applicationId"],
    where: { organizationId, expiresAt: { gt: now } },
    _count: { _all: true },
    _max: { expiresAt: true },
  });
  const names = await findApplicationNames(
    organizationId,
    groups.map((group) => group.applicationId),
    transaction,
  );
  const byKeyPair = new Map<string, KeyPairSessions>();
  for (const group of groups) {
    const ofKeyPair = byKeyPair.get(group.keyPairId) ?? { activeSessions: 0, applications: [] };
    const activeSessions = group._count._all;
    ofKeyPair.activeSessions += activeSessions;
    ofKeyPair.applications.push({
      id: group.applicationId,
      name: names.get(group.applicationId) ?? group.applicationId,
      activeSessions,
      expiresAt: group._max.expiresAt ?? now,
    });
    byKeyPair.set(group.keyPairId, ofKeyPair);
  }
  for (const { applications } of byKeyPair.values()) {
    applications.sort((a, b) => b.activeSessions - a.activeSessions || a.name.localeCompare(b.name));
  }
  return byKeyPair;
}

/** The alive subjects of each of these applications, and the latest end among them. */
export async function countAliveByApplication(
  organizationId: string,
  applicationIds: string[],
  now: Date,
  transaction: Transaction = database(),
): Promise<Map<string, { activeSessions: number; expiresAt: Date }>> {
  const groups = await transaction.session.groupBy({
    by: ["applicationId", "subject"],
    where: { organizationId, applicationId: { in: applicationIds }, expiresAt: { gt: now } },
    _max: { expiresAt: true },
  });
  const counts = new Map<string, { activeSessions: number; expiresAt: Date }>();
  for (const group of groups) {
    const before = counts.get(group.applicationId);
    const end = group._max.expiresAt ?? now;
    counts.set(group.applicationId, {
      activeSessions: (before?.activeSessions ?? 0) + 1,
      expiresAt: before && before.expiresAt > end ? before.expiresAt : end,
    });
  }
  return counts;
}

/** The alive sessions, latest start first, from a cursor on. */
export async function findManySessions(
  organizationId: string,
  { now, after, take }: { now: Date; after: { at: Date; id: string } | null; take: number },
): Promise<Session[]> {
  const rows = await database().session.findMany({
    where: {
      organizationId,
      expiresAt: { gt: now },
      ...(after ? { OR: [{ startedAt: { lt: after.at } }, { startedAt: after.at, id: { lt: after.id } }] } : {}),
    },
    include: SHOWN,
    orderBy: [{ startedAt: "desc" }, { id: "desc" }],
    take,
  });
  return rows.map(toSession);
}

/** Where a session stands in {@link findManySessions}. */
export function sessionCursorKey(session: Session): CursorKey {
  return { value: session.startedAt.toISOString(), id: session.id };
}

async function findApplicationNames(
  organizationId: string,
  ids: string[],
  transaction: Transaction,
): Promise<Map<string, string>> {
  const rows = await transaction.application.findMany({
    where: { organizationId, id: { in: [...new Set(ids)] } },
    select: { id: true, name: true },
  });
  return new Map(rows.map((row) => [row.id, row.name]));
}

function toSession({ keyPair, applicationId: _applicationId, keyPairId: _keyPairId, ...row }: Found): Session {
  return { ...row, key: keyPair };
}
