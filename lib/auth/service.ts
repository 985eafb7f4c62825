import "server-only";
// Signing in and out of the portal, who a session belongs to, and what people do with their own account.
import { recordAuditEvent } from "../audit/repository.ts";
import { randomToken, sha256Base64url } from "../crypto/digest.ts";
import { hashPassword, isPasswordHashOutdated, verifyPassword } from "../crypto/password.ts";
import { appendToOrganization, transact, writeAlone } from "../db/transaction.ts";
import { AppError } from "../errors.ts";
import { log } from "../log.ts";
import type { Actor } from "./actor.ts";
import type { Role } from "./permissions.ts";
import {
  findOrganizationIdsOfUser,
  findSession,
  findSessionsOfUser,
  findUserByEmail,
  insertPortalSession,
  lockVerifiedUser,
  type PortalSessionRow,
  parseRole,
  removeEndedSessions,
  revokeSessions,
  type UserRow,
  updateLastSeen,
  updatePasswordHash,
} from "./repository.ts";
import type { SignInInput } from "./schema.ts";
import { ABSOLUTE_LIMIT_SECONDS, isPortalSessionAlive, isTouchDue } from "./session.ts";
import { beginSignInTry } from "./throttle.ts";
import { type PortalSessionView, toPortalSessionView } from "./view.ts";

const REMEMBERED_SECONDS = 30 * 24 * 3600;
const FAILURE_AUDIT_DELAY_MILLISECONDS = 50;

/** Where a request came from. `userAgent` is cut to what is worth storing. */
export type RequestOrigin = { address: string; userAgent: string; requestId: string };

/** A fresh portal session; `secret` goes into the cookie and is stored nowhere. */
export type StartedSession = { secret: string; expiresAt: Date; user: { id: string; email: string; name: string } };

/** A person with a living portal session. */
export type SignedIn = {
  sessionId: string;
  /** When they proved who they are. */
  signedInAt: Date;
  expiresAt: Date;
  user: { id: string; email: string; name: string };
  /** By the organization's name. */
  memberships: { organizationId: string; organizationName: string; role: Role }[];
};

/**
 * Verifies email and password and starts a portal session.
 * @throws auth.bad_credentials auth.throttled
 */
export async function signIn(
  input: SignInInput,
  origin: RequestOrigin,
  now: Date = new Date(),
): Promise<StartedSession> {
  const attempt = await beginSignInTry(input.email, origin.address).catch((error: unknown) => {
    log().warn({ address: origin.address, requestId: origin.requestId }, "a sign-in was throttled");
    throw error;
  });
  const user = await findUserByEmail(input.email);
  const isVerified = await verifyPassword(input.password, user?.passwordHash ?? null);
  const organizationIds = await findOrganizationIdsOfUser(user?.id ?? "nobody");
  if (!user || !isVerified || user.disabledAt !== null || organizationIds.length === 0) {
    log().warn({ address: origin.address, requestId: origin.requestId, userId: user?.id }, "a sign-in failed");
    if (user) auditFailureLater(user, organizationIds, origin, now);
    throw badCredentials();
  }
  await attempt.succeeded();
  const verified = { ...user, passwordHash: await renewedHash(user, input.password) };
  await auditOwnAction(user, organizationIds, "user.signed_in", origin, now);
  return startSession(verified, origin, now);
}

function badCredentials(): AppError {
  return new AppError("auth.bad_credentials", "The email address or the password is wrong.");
}

async function renewedHash(user: UserRow, password: string): Promise<string> {
  const { passwordHash: from } = user;
  if (!isPasswordHashOutdated(from)) return from;
  const to = await hashPassword(password);
  return (await writeAlone((db) => updatePasswordHash(user.id, { from, to }, db))) ? to : from;
}

async function startSession(user: UserRow, origin: RequestOrigin, now: Date): Promise<StartedSession> {
  const secret = randomToken();
  const expiresAt = new Date(now.getTime() + ABSOLUTE_LIMIT_SECONDS * 1000);
  await transact(async (transaction) => {
    // A new password, or being shut out, ends the sessions that are there; one that was on its way must not come after.
    if (!(await lockVerifiedUser(user.id, user.passwordHash, transaction))) throw badCredentials();
    await insertPortalSession(
      {
        id: sha256Base64url(secret),
        userId: user.id,
        createdAt: now,
        expiresAt,
        address: origin.address.slice(0, 64),
        userAgent: origin.userAgent.slice(0, 300),
      },
      transaction,
    );
    await removeEndedSessions(user.id, new Date(now.getTime() - REMEMBERED_SECONDS * 1000), transaction);
  });
  return { secret, expiresAt, user: { id: user.id, email: user.email, name: user.name } };
}

/** The person whose session has this secret, or null when it has ended in any way. */
export async function findSignedIn(secret: string, now: Date = new Date()): Promise<SignedIn | null> {
  const session = await findSession(sha256Base64url(secret));
  if (!session || !isPortalSessionAlive(session, now)) return null;
  const memberships = toMemberships(session.user.memberships);
  if (memberships.length === 0) return null;
  if (isTouchDue(session, now)) await writeAlone((db) => updateLastSeen(session.id, now, db));
  const { id, email, name } = session.user;
  const { id: sessionId, createdAt: signedInAt, expiresAt } = session;
  return { sessionId, signedInAt, expiresAt, user: { id, email, name }, memberships };
}

function toMemberships(rows: PortalSessionRow["user"]["memberships"]): SignedIn["memberships"] {
  return rows
    .flatMap((row) => {
      const role = parseRole(row.role);
      return role ? [{ ...row, role }] : [];
    })
    .sort(
      (one, other) =>
        one.organizationName.localeCompare(other.organizationName, "en") ||
        one.organizationId.localeCompare(other.organizationId, "en"),
    );
}

/** Ends the session that has this secret, if there is one. */
export async function signOut(secret: string, origin: RequestOrigin, now: Date = new Date()): Promise<void> {
  const session = await findSession(sha256Base64url(secret));
  if (!session) return;
  const count = await writeAlone((db) => revokeSessions(session.user.id, { id: session.id }, now, db));
  if (count === 0) return;
  const organizationIds = session.user.memberships.map((membership) => membership.organizationId);
  await auditOwnAction(session.user, organizationIds, "user.signed_out", origin, now);
}

/** The actor's own living portal sessions, newest first. */
export async function listOwnSessions(
  actor: Actor,
  currentSessionId: string | null,
  now: Date = new Date(),
): Promise<PortalSessionView[]> {
  if (actor.userId === null) return [];
  const rows = await findSessionsOfUser(actor.userId, now);
  return rows
    .filter((row) => isPortalSessionAlive({ ...row, revokedAt: null, user: { disabledAt: null } }, now))
    .map((row) => toPortalSessionView(row, currentSessionId));
}

/** Ends one of the actor's own portal sessions. @throws session.not_found */
export async function revokeOwnSession(actor: Actor, sessionId: string, now: Date = new Date()): Promise<void> {
  const count = await appendToOrganization(actor.organizationId, async (transaction) => {
    const revoked = actor.userId === null ? 0 : await revokeSessions(actor.userId, { id: sessionId }, now, transaction);
    if (revoked === 0) return 0;
    const target = { type: "user", id: actor.id, name: actor.name } as const;
    const event = { action: "user.signed_out", target, reason: "ended from the list of sessions" } as const;
    await recordAuditEvent(transaction, actor, event, now);
    return revoked;
  });
  if (count === 0) throw new AppError("session.not_found", "There is no such session of yours.");
}

/** After the answer is out, because only an account that exists has something to write, and time would tell. */
function auditFailureLater(user: UserRow, organizationIds: string[], origin: RequestOrigin, now: Date): void {
  setTimeout(() => {
    auditOwnAction(user, organizationIds, "user.sign_in_failed", origin, now).catch((error: unknown) =>
      log().error({ err: error, requestId: origin.requestId }, "a failed sign-in was not audited"),
    );
  }, FAILURE_AUDIT_DELAY_MILLISECONDS);
}

/** Tells every organization of a person what happened at the door; before a session exists, so that none goes unrecorded. */
async function auditOwnAction(
  user: { id: string; email: string },
  organizationIds: string[],
  action: "user.signed_in" | "user.sign_in_failed" | "user.signed_out",
  origin: RequestOrigin,
  now: Date,
): Promise<void> {
  for (const organizationId of organizationIds) {
    const actor: Actor = {
      type: "user",
      id: user.id,
      name: user.email,
      userId: user.id,
      role: null,
      organizationId,
      permissions: new Set(),
      address: origin.address,
      requestId: origin.requestId,
    };
    const target = { type: "user", id: user.id, name: user.email } as const;
    const outcome = action === "user.sign_in_failed" ? "failed" : "success";
    await appendToOrganization(organizationId, (transaction) =>
      recordAuditEvent(transaction, actor, { action, outcome, target }, now),
    );
  }
}
