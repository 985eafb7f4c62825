import "server-only";
// The sessions of machine clients, kept ahead of every token handed out without a write for each of them.
import { LRUCache } from "lru-cache";
import { atMost } from "../at-most.ts";
import { EVERY_ORGANIZATION, onOrganizationChanged } from "../db/changes.ts";
import { appendToOrganization } from "../db/transaction.ts";
import { AppError } from "../errors.ts";
import { extendMachineSession, removeEndedSessions } from "./repository.ts";
import { getRevocations, peekRevocations, type Revocations } from "./revocations.ts";
import type { SessionUse } from "./session.ts";

const MAXIMUM_REMEMBERED_SESSIONS = 100_000;

/** A session as storage has it; `end` in milliseconds since 1970. What is remembered here needs no write. */
type StoredSession = { id: string; end: number };

const storedSessions = new LRUCache<string, StoredSession>(atMost(MAXIMUM_REMEMBERED_SESSIONS));
const running = new Map<string, Promise<void>>();

onOrganizationChanged((organizationId) => {
  if (organizationId === EVERY_ORGANIZATION) storedSessions.clear();
});

/**
 * The id of the session when storage already says that it lasts as long as the token, and it has not been revoked; then
 * nothing needs to be written. Undefined means: call {@link extendSession}.
 */
export function peekStoredSession(organizationId: string, use: SessionUse): string | undefined {
  const revocations = peekRevocations(organizationId);
  return revocations ? findStored(use, revocations) : undefined;
}

/**
 * Stores that the session of a machine client lasts at least until the end of a token, and answers with its id; call it
 * before the token is signed. A client whose session was revoked gets a new one.
 * @throws application.not_found when the application was deleted meanwhile
 */
export async function extendSession(organizationId: string, use: SessionUse, now: Date = new Date()): Promise<string> {
  const key = sessionKey(use);
  for (;;) {
    const stored = findStored(use, await getRevocations(organizationId));
    if (stored !== undefined) return stored;
    let write = running.get(key);
    if (write === undefined) {
      write = storeSession(organizationId, use, now).finally(() => running.delete(key));
      running.set(key, write);
    }
    await write;
  }
}

function findStored(use: SessionUse, revocations: Revocations): string | undefined {
  const stored = storedSessions.get(sessionKey(use));
  if (stored === undefined || stored.end < use.expiresAt.getTime()) return undefined;
  return revocations.isRevoked({ sid: stored.id }) ? undefined : stored.id;
}

async function storeSession(organizationId: string, use: SessionUse, now: Date): Promise<void> {
  const stored = await appendToOrganization(organizationId, async (transaction) => {
    await removeEndedSessions(organizationId, now, transaction);
    return extendMachineSession(organizationId, use, now, transaction);
  });
  if (stored === null) throw new AppError("application.not_found", "There is no such application.");
  storedSessions.set(sessionKey(use), { id: stored.id, end: stored.end.getTime() });
}

function sessionKey({ applicationId, keyPairId, subject }: SessionUse): string {
  return `${applicationId} ${keyPairId} ${subject}`;
}
