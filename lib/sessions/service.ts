import "server-only";
// The public door of the sessions: counted for the signing keys, listed for people, revoked by them.
import type { NewAuditEvent } from "../audit/event.ts";
import { recordAuditEvent } from "../audit/repository.ts";
import { type Actor, requireAnyPermission, requirePermission } from "../auth/actor.ts";
import type { Transaction } from "../db/client.ts";
import { changeOrganization } from "../db/transaction.ts";
import { AppError } from "../errors.ts";
import { type Page, readTimeCursor, toPage } from "../paging.ts";
import {
  countAlive,
  countAliveByApplication,
  countAliveByKeyPair,
  countAliveOfKeyPair,
  countAllAlive,
  findManySessions,
  findSessionNames,
  sessionCursorKey,
} from "./list-repository.ts";
import { endSessions, revokeAlive } from "./repository.ts";
import { endCodesOfUser } from "./revocation-repository.ts";
import { revokeOne } from "./revocations.ts";
import type { ListSessionsInput, RevokedGroup, RevokeSessionsInput } from "./schema.ts";
import type { ActiveSessionSummary, KeyPairSessions } from "./session.ts";
import { type RevocationView, type SessionView, toSessionView } from "./view.ts";

/** Ends the sessions that a key pair kept alive, in the transaction that takes the key pair away: their tokens fail from now on. */
export async function endSessionsOfKeyPair(
  organizationId: string,
  keyPairId: string,
  now: Date,
  transaction: Transaction,
): Promise<void> {
  await endSessions(organizationId, keyPairId, now, transaction);
}

/**
 * Revokes what a person has begun, in the transaction that takes the person out, shuts them out or replaces the password;
 * codes that wait to be redeemed end with it. Answers how many sessions.
 */
export async function endSessionsOfUser(
  organizationId: string,
  userId: string,
  now: Date,
  transaction: Transaction,
): Promise<number> {
  await endCodesOfUser(organizationId, userId, now, transaction);
  return revokeAlive(organizationId, { userId }, now, transaction);
}

/** The alive sessions of an organization, and those that hold a token of each key pair which may still be valid. */
export async function summarizeActiveSessions(organizationId: string, now: Date): Promise<ActiveSessionSummary> {
  const [total, byKeyPair] = await Promise.all([
    countAllAlive(organizationId, now),
    countAliveByKeyPair(organizationId, now),
  ]);
  return { total, byKeyPair };
}

/** The alive sessions that hold a token of one key pair which may still be valid. */
export async function summarizeSessionsOfKeyPair(
  organizationId: string,
  keyPairId: string,
  now: Date,
  transaction?: Transaction,
): Promise<KeyPairSessions> {
  return countAliveOfKeyPair(organizationId, keyPairId, now, transaction);
}

/** The alive sessions of some applications, and until when the last token of each may be valid. */
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
  query: ListSessionsInput,
  now: Date = new Date(),
): Promise<Page<SessionView> & { total: number }> {
  requirePermission(actor, "certificates.view");
  const { organizationId } = actor;
  const { limit, cursor, application_id: applicationId, user_id: userId, kid } = query;
  const filter = { applicationId, userId, kid };
  const after = readTimeCursor(cursor);
  const rows = await findManySessions(organizationId, { filter, after, take: limit + 1 }, now);
  const page = toPage(rows, { limit, keyOf: sessionCursorKey, toItem: toSessionView });
  return { ...page, total: await countAlive(organizationId, filter, now) };
}

/**
 * Revokes alive sessions with all their tokens: whoever may drop a key or change an application may do that. Refresh tokens
 * are refused at once, access tokens wherever this issuer is asked (introspection, userinfo, management API).
 * @throws auth.forbidden session.not_found for an `id` that is none of an alive session
 */
export async function revokeSessions(
  actor: Actor,
  which: RevokeSessionsInput,
  now: Date = new Date(),
): Promise<RevocationView> {
  requireAnyPermission(actor, ["applications.manage", "certificates.manage"]);
  return changeOrganization(actor.organizationId, async (transaction) => {
    if (!("id" in which)) return { revoked: await revokeMany(actor, which, now, transaction) };
    if (await revokeOne(actor, { id: which.id }, now, transaction)) return { revoked: 1 };
    throw new AppError("session.not_found", "There is no such session.");
  });
}

async function revokeMany(actor: Actor, which: RevokedGroup, now: Date, transaction: Transaction): Promise<number> {
  const { organizationId } = actor;
  const { application_id: applicationId, user_id: userId, before } = which;
  const startedBefore = before === undefined ? undefined : new Date(before);
  const revoked = await revokeAlive(organizationId, { applicationId, userId, startedBefore }, now, transaction);
  if (revoked === 0) return 0;
  const target = await findTarget(actor, which, transaction);
  await recordAuditEvent(transaction, actor, { action: "session.revoked", target, after: { revoked, ...which } }, now);
  return revoked;
}

/** What the group is named after; there is at least one session in it. */
async function findTarget(
  actor: Actor,
  { application_id: applicationId, user_id: userId }: RevokedGroup,
  transaction: Transaction,
): Promise<NewAuditEvent["target"]> {
  const { organizationId } = actor;
  const { who, application } = await findSessionNames(organizationId, { applicationId, userId }, transaction);
  if (userId !== undefined) return { type: "user", id: userId, name: who };
  if (applicationId !== undefined) return { type: "application", id: applicationId, name: application };
  return { type: "organization", id: organizationId, name: organizationId };
}
