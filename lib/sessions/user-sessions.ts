import "server-only";
// The sessions of people, begun and continued in the transaction that takes their code or refresh token.
import type { Transaction } from "../db/client.ts";
import { insertUserSession, raiseSessionKey, removeEndedSessions, touchUserSession } from "./repository.ts";
import { laterOf, type NewUserSession } from "./session.ts";

/** Begins a person's session before its first tokens are handed out. */
export async function startUserSession(
  organizationId: string,
  session: NewUserSession,
  now: Date,
  transaction: Transaction,
): Promise<void> {
  await removeEndedSessions(organizationId, now, transaction);
  await insertUserSession(organizationId, session, now, transaction);
}

/**
 * Notes new tokens of a person's session before they are handed out; false when it has ended, or its person is disabled or
 * no member any more.
 */
export async function continueUserSession(
  organizationId: string,
  use: { id: string; expiresAt: Date; keyPairId: string; tokensEndAt: Date },
  now: Date,
  transaction: Transaction,
): Promise<boolean> {
  const { id, keyPairId, tokensEndAt } = use;
  const expiresAt = laterOf(use.expiresAt, tokensEndAt);
  if (!(await touchUserSession(organizationId, { id, expiresAt }, now, transaction))) return false;
  await raiseSessionKey(organizationId, { sessionId: id, keyPairId, expiresAt: tokensEndAt }, transaction);
  return true;
}
