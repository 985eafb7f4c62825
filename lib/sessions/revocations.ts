import "server-only";
// What was revoked before its time, in memory: whoever verifies a token asks here, and pays no query for it.
import { recordAuditEvent } from "../audit/repository.ts";
import { type Actor, systemActor } from "../auth/actor.ts";
import type { Transaction } from "../db/client.ts";
import { OrganizationCache } from "../db/organization-cache.ts";
import { changeOrganization } from "../db/transaction.ts";
import { AppError } from "../errors.ts";
import { findSessionNames, isSessionAlive } from "./list-repository.ts";
import { revokeAlive } from "./repository.ts";
import { findRevocations, insertRevokedToken, isTokenRevoked, removeEndedTokens } from "./revocation-repository.ts";

/** Ended ones stay this long in milliseconds, because clocks differ. */
const KEPT_AFTER_END_MILLISECONDS = 60 * 60 * 1000;

/** The revoked sessions and tokens of one organization, as far as anything of them has not ended by itself. */
export type Revocations = {
  /** True for a token that names a revoked session or was revoked itself; tokens without a `sid` belong to no session. */
  isRevoked: (token: { sid?: string | undefined; jti?: string | undefined }) => boolean;
};

const revocations = new OrganizationCache<Revocations>(loadRevocations, { isOutdatedRefused: true });

/** The revocations if they are at hand; null for an unknown organization, undefined means: call {@link getRevocations}. */
export function peekRevocations(organizationId: string): Revocations | null | undefined {
  return revocations.peek(organizationId);
}

/** The revocations of an organization. @throws organization.not_found */
export async function getRevocations(organizationId: string): Promise<Revocations> {
  const { value } = await revocations.get(organizationId);
  if (value === null) throw new AppError("organization.not_found", "There is no such organization.");
  return value;
}

/** Revokes one token by its `jti` until it would have ended anyway; the caller has verified that the organization signed it. */
export async function revokeToken(
  organizationId: string,
  token: { jti: string; expiresAt: Date },
  now: Date = new Date(),
): Promise<void> {
  if (token.expiresAt <= now || (await isTokenRevoked(organizationId, token.jti))) return;
  await changeOrganization(organizationId, async (transaction) => {
    await removeEndedTokens(organizationId, new Date(now.getTime() - KEPT_AFTER_END_MILLISECONDS), transaction);
    if (await isTokenRevoked(organizationId, token.jti, transaction)) return;
    await insertRevokedToken(organizationId, token, transaction);
  });
}

/**
 * Revokes one session with all its tokens, on behalf of nobody in particular: a code or a refresh token that came twice, an
 * application or a person that signs off. True when it was alive until now; `reason` is a sentence for the audit log.
 */
export async function revokeSession(
  organizationId: string,
  sessionId: string,
  now: Date = new Date(),
  reason = "The application revoked it.",
): Promise<boolean> {
  // Most calls of a storm come after the first: they find nothing alive and lock nobody out.
  if (!(await isSessionAlive(organizationId, sessionId, now))) return false;
  const actor = systemActor(organizationId, "oidc");
  return changeOrganization(organizationId, (transaction) =>
    revokeOne(actor, { id: sessionId, reason }, now, transaction),
  );
}

/** Revokes one alive session in a transaction of {@link changeOrganization}; false when there is none. */
export async function revokeOne(
  actor: Actor,
  { id, reason }: { id: string; reason?: string },
  now: Date,
  transaction: Transaction,
): Promise<boolean> {
  const { organizationId } = actor;
  if ((await revokeAlive(organizationId, { id }, now, transaction)) === 0) return false;
  const { who, application } = await findSessionNames(organizationId, { id }, transaction);
  const event = {
    action: "session.revoked",
    target: { type: "session", id, name: `${who} in ${application}` },
    ...(reason === undefined ? {} : { reason }),
  } as const;
  await recordAuditEvent(transaction, actor, event, now);
  return true;
}

async function loadRevocations(organizationId: string): Promise<Revocations> {
  const { sessionIds, tokenIds } = await findRevocations(organizationId, new Date());
  const sessions = new Set(sessionIds);
  const tokens = new Set(tokenIds);
  return {
    isRevoked: ({ sid, jti }) => (sid !== undefined && sessions.has(sid)) || (jti !== undefined && tokens.has(jti)),
  };
}
