import "server-only";
// The public door of the sessions: counted for the signing keys, listed for people, kept ahead of every token handed out.
import { LRUCache } from "lru-cache";
import { type Actor, requirePermission } from "../auth/actor.ts";
import { EVERY_ORGANIZATION, onOrganizationChanged } from "../db/changes.ts";
import type { Transaction } from "../db/client.ts";
import { appendToOrganization } from "../db/transaction.ts";
import { AppError } from "../errors.ts";
import { type Page, type Paging, readTimeCursor, toPage } from "../paging.ts";
import {
  countAliveByApplication,
  countAliveByKeyPair,
  countAliveGrants,
  endSessions,
  findManySessions,
  removeEndedSessions,
  sessionCursorKey,
  upsertSession,
} from "./repository.ts";
import type { ActiveSessionSummary, SessionUse } from "./session.ts";
import { type SessionView, toSessionView } from "./view.ts";

const MAXIMUM_REMEMBERED_SESSIONS = 100_000;

/** Stored ends in milliseconds since the epoch, by session: what is remembered here needs no write. */
const storedEnds = new LRUCache<string, number>({ max: MAXIMUM_REMEMBERED_SESSIONS });
const running = new Map<string, Promise<void>>();

onOrganizationChanged((organizationId) => {
  if (organizationId === EVERY_ORGANIZATION) storedEnds.clear();
});

/** True when storage already says that this session lasts as long as the token; then nothing needs to be written. */
export function isSessionStored(use: SessionUse): boolean {
  return (storedEnds.get(sessionKey(use)) ?? 0) >= use.expiresAt.getTime();
}

/**
 * Stores that a session lasts at least until the end of a token; call it before the token is handed out.
 * @throws application.not_found when the application was deleted meanwhile
 */
export async function extendSession(organizationId: string, use: SessionUse, now: Date = new Date()): Promise<void> {
  const key = sessionKey(use);
  while (!isSessionStored(use)) {
    let write = running.get(key);
    if (write === undefined) {
      write = storeSession(organizationId, use, now).finally(() => running.delete(key));
      running.set(key, write);
    }
    await write;
  }
}

/** Ends the sessions that a key pair kept alive, in the transaction that takes the key pair away: their tokens fail from now on. */
export async function endSessionsOfKeyPair(
  organizationId: string,
  keyPairId: string,
  now: Date,
  transaction: Transaction,
): Promise<void> {
  await endSessions(organizationId, keyPairId, now, transaction);
}

/** The alive sessions of an organization: distinct pairs of application and subject, and those of each key pair. */
export async function summarizeActiveSessions(
  organizationId: string,
  now: Date,
  transaction?: Transaction,
): Promise<ActiveSessionSummary> {
  const total = await countAliveGrants(organizationId, now, transaction);
  return { total, byKeyPair: await countAliveByKeyPair(organizationId, now, transaction) };
}

/** The alive subjects of some applications, and until when the last token of each may be valid. */
export async function countSessionsOfApplications(
  organizationId: string,
  applicationIds: string[],
  now: Date,
  transaction?: Transaction,
): Promise<Map<string, { activeSessions: number; expiresAt: Date }>> {
  return countAliveByApplication(organizationId, applicationIds, now, transaction);
}

/**
 * One page of the alive sessions, latest start first. They decide when a key may go, so whoever may see keys may see them.
 * @throws auth.forbidden request.invalid
 */
export async function listSessions(
  actor: Actor,
  paging: Paging,
  now: Date = new Date(),
): Promise<Page<SessionView> & { total: number }> {
  requirePermission(actor, "certificates.view");
  const after = readTimeCursor(paging.cursor);
  const rows = await findManySessions(actor.organizationId, { now, after, take: paging.limit + 1 });
  const page = toPage(rows, { limit: paging.limit, keyOf: sessionCursorKey, toItem: toSessionView });
  return { ...page, total: await countAliveGrants(actor.organizationId, now) };
}

async function storeSession(organizationId: string, use: SessionUse, now: Date): Promise<void> {
  const end = await appendToOrganization(organizationId, async (transaction) => {
    await removeEndedSessions(organizationId, now, transaction);
    return upsertSession(organizationId, use, now, transaction);
  });
  if (end === null) throw new AppError("application.not_found", "There is no such application.");
  storedEnds.set(sessionKey(use), end.getTime());
}

function sessionKey({ applicationId, keyPairId, subject }: SessionUse): string {
  return `${applicationId} ${keyPairId} ${subject}`;
}
