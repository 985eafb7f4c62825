import "server-only";
// Sessions in storage: how they begin, go on and end; every function touches one organization only.
import type { Transaction } from "../db/client.ts";
import {
  laterOf,
  type NewUserSession,
  planHorizon,
  type SessionFilter,
  type SessionKeyEnd,
  type SessionUse,
} from "./session.ts";

type SessionCondition = NonNullable<NonNullable<Parameters<Transaction["session"]["findFirst"]>[0]>["where"]>;

/** Rows that ended this long ago are history that nobody asks for; younger ones stay, because clocks differ. */
const KEPT_AFTER_END_MILLISECONDS = 60 * 60 * 1000;

/**
 * Stores that the session of a machine client lasts at least as long as the planned horizon of this use, and answers its
 * id with the stored end. An end is never moved back. Null when the application is gone. The caller holds the
 * organization's lock.
 */
export async function extendMachineSession(
  organizationId: string,
  use: SessionUse,
  now: Date,
  transaction: Transaction,
): Promise<{ id: string; end: Date } | null> {
  const { applicationId, keyPairId, subject } = use;
  const application = await transaction.application.findFirst({
    where: { id: applicationId, organizationId },
    select: { id: true },
  });
  if (application === null) return null;
  const existing = await transaction.session.findFirst({
    where: { organizationId, applicationId, subject, userId: null, revokedAt: null },
    include: { keys: { where: { keyPairId } } },
  });
  const end = laterOf(planHorizon(use.expiresAt), existing?.keys[0]?.expiresAt ?? new Date(0));
  const id = existing?.id ?? crypto.randomUUID();
  if (existing === null) {
    const times = { startedAt: now, lastUsedAt: now, expiresAt: end };
    await transaction.session.create({ data: { id, organizationId, applicationId, subject, scope: "", ...times } });
  } else {
    const anew = existing.expiresAt > now ? {} : { startedAt: now };
    const data = { expiresAt: laterOf(existing.expiresAt, end), lastUsedAt: now, ...anew };
    await transaction.session.updateMany({ where: { id, organizationId }, data });
  }
  await raiseSessionKey(organizationId, { sessionId: id, keyPairId, expiresAt: end }, transaction);
  return { id, end };
}

/** Adds a person's session with the end of its first tokens. */
export async function insertUserSession(
  organizationId: string,
  { keyPairId, tokensEndAt, ...session }: NewUserSession,
  now: Date,
  transaction: Transaction,
): Promise<void> {
  const expiresAt = laterOf(session.expiresAt, tokensEndAt);
  await transaction.session.create({
    data: { ...session, organizationId, subject: session.userId, startedAt: now, lastUsedAt: now, expiresAt },
  });
  await raiseSessionKey(organizationId, { sessionId: session.id, keyPairId, expiresAt: tokensEndAt }, transaction);
}

/**
 * Notes that a person's session is used and lasts until `expiresAt`; false when it has ended, or its person is disabled or
 * no member any more. The row is locked from then on, so that a revocation comes before or after, never in between.
 */
export async function touchUserSession(
  organizationId: string,
  { id, expiresAt }: { id: string; expiresAt: Date },
  now: Date,
  transaction: Transaction,
): Promise<boolean> {
  const { count } = await transaction.session.updateMany({
    where: {
      id,
      organizationId,
      revokedAt: null,
      expiresAt: { gt: now },
      user: { disabledAt: null, memberships: { some: { organizationId } } },
    },
    data: { lastUsedAt: now, expiresAt },
  });
  return count === 1;
}

/** Stores until when tokens of a key pair are valid for a session, in one statement that can never move it back. */
export async function raiseSessionKey(
  organizationId: string,
  { sessionId, keyPairId, expiresAt }: SessionKeyEnd,
  transaction: Transaction,
): Promise<void> {
  await transaction.$executeRaw`
    INSERT INTO "SessionKey" ("sessionId", "keyPairId", "organizationId", "expiresAt")
    VALUES (${sessionId}, ${keyPairId}, ${organizationId}, ${expiresAt})
    ON CONFLICT ("sessionId", "keyPairId") DO UPDATE SET "expiresAt" = excluded."expiresAt"
    WHERE "SessionKey"."expiresAt" < excluded."expiresAt"`;
}

/** Removes what ended long ago. */
export async function removeEndedSessions(organizationId: string, now: Date, transaction: Transaction): Promise<void> {
  const before = new Date(now.getTime() - KEPT_AFTER_END_MILLISECONDS);
  await transaction.session.deleteMany({ where: { organizationId, expiresAt: { lt: before } } });
}

/** Ends what tokens of one key pair kept alive; a session that can be refreshed, or has tokens of another key, goes on. */
export async function endSessions(
  organizationId: string,
  keyPairId: string,
  now: Date,
  transaction: Transaction,
): Promise<void> {
  const isAlive = { expiresAt: { gt: now } };
  await transaction.session.updateMany({
    where: {
      organizationId,
      ...isAlive,
      keys: { some: { keyPairId, ...isAlive }, none: { keyPairId: { not: keyPairId }, ...isAlive } },
      refreshTokens: { none: { usedAt: null, ...isAlive } },
    },
    data: { expiresAt: now },
  });
  await transaction.sessionKey.updateMany({
    where: { organizationId, keyPairId, ...isAlive },
    data: { expiresAt: now },
  });
}

/** Revokes the alive sessions that match, and answers how many. */
export async function revokeAlive(
  organizationId: string,
  filter: SessionFilter,
  now: Date,
  transaction: Transaction,
): Promise<number> {
  const { count } = await transaction.session.updateMany({
    where: whereAlive(organizationId, filter, now),
    data: { revokedAt: now },
  });
  return count;
}

/** The condition for alive sessions that match a filter. */
export function whereAlive(
  organizationId: string,
  { id, applicationId, userId, kid, startedBefore }: SessionFilter,
  now: Date,
): SessionCondition {
  return {
    organizationId,
    revokedAt: null,
    expiresAt: { gt: now },
    ...(id === undefined ? {} : { id }),
    ...(applicationId === undefined ? {} : { applicationId }),
    ...(userId === undefined ? {} : { userId }),
    ...(startedBefore === undefined ? {} : { startedAt: { lt: startedBefore } }),
    ...(kid === undefined ? {} : { keys: { some: { expiresAt: { gt: now }, keyPair: { organizationId, kid } } } }),
  };
}
