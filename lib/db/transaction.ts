import "server-only";
// The one way to write to an organization: its row is written first, so that writers queue up, and the commit is announced.
import { setTimeout } from "node:timers/promises";
import { env } from "../env.ts";
import { AppError, isAppError } from "../errors.ts";
import { announceOrganizationChanged } from "./changes.ts";
import { type Database, database, sql, type Transaction } from "./client.ts";
import { runTransaction } from "./running-transaction.ts";
import { writeRows } from "./statements.ts";
import { readStorageError } from "./storage-error.ts";

/** How long a write is tried again while others hold what it needs. */
const PATIENCE_MILLISECONDS = 8000;
const FIRST_PAUSE_MILLISECONDS = 5;
const LONGEST_PAUSE_MILLISECONDS = 100;
const TRANSACTION_TIMEOUT_MILLISECONDS = 15_000;
/** Prisma: write conflict or deadlock, transaction API error, socket timeout (what SQLITE_BUSY becomes). */
const RETRIED_CODES = new Set(["P2034", "P2028", "P1008"]);
/** The channel that other machines listen to on PostgreSQL. */
export const CHANGE_CHANNEL = "signet_changed";

/**
 * Runs `work` in one transaction that no other writer of this organization overlaps, then announces the change.
 * `work` may run more than once and must have no effect outside the transaction.
 * @throws organization.not_found when there is no such organization
 */
export async function changeOrganization<Result>(
  organizationId: string,
  work: (transaction: Transaction) => Promise<Result>,
): Promise<Result> {
  return changeOrganizations([organizationId], work);
}

/**
 * As {@link changeOrganization}, for what concerns a person in several organizations: all or nothing. The rows are locked in
 * one order, so that no two such calls wait for each other in a circle.
 * @throws organization.not_found when one of them does not exist
 */
export async function changeOrganizations<Result>(
  organizationIds: readonly string[],
  work: (transaction: Transaction) => Promise<Result>,
): Promise<Result> {
  const ids = [...new Set(organizationIds)].sort();
  const result = await commitChange(ids, work);
  await Promise.all(ids.map((id) => announceOrganizationChanged(id)));
  return result;
}

/**
 * As {@link changeOrganization}; what the caller is answered is read from storage while the other processes are told.
 * @throws organization.not_found when there is no such organization
 */
export async function changeOrganizationAndRead<View>(
  organizationId: string,
  work: (transaction: Transaction) => Promise<void>,
  read: () => Promise<View>,
): Promise<View> {
  await commitChange([organizationId], work);
  const [view] = await Promise.all([read(), announceOrganizationChanged(organizationId)]);
  return view;
}

async function commitChange<Result>(
  organizationIds: readonly string[],
  work: (transaction: Transaction) => Promise<Result>,
): Promise<Result> {
  return transact(async (transaction) => {
    for (const id of organizationIds) await lockOrganization(id, 1, transaction);
    const outcome = await work(transaction);
    if (env().database.provider === "postgresql") {
      for (const id of organizationIds) await writeRows(sql`SELECT pg_notify(${CHANGE_CHANNEL}, ${id})`, transaction);
    }
    return outcome;
  });
}

/**
 * As {@link changeOrganization}, for what no cache holds (audit events of refusals, sessions): nothing is announced.
 * @throws organization.not_found when there is no such organization
 */
export async function appendToOrganization<Result>(
  organizationId: string,
  work: (transaction: Transaction) => Promise<Result>,
): Promise<Result> {
  return transact(async (transaction) => {
    await lockOrganization(organizationId, 0, transaction);
    return work(transaction);
  });
}

/** Whoever writes the row holds its lock until the end; `versions` is how many versions further it is then. */
async function lockOrganization(id: string, versions: 0 | 1, transaction: Transaction): Promise<void> {
  const lock = sql`UPDATE "Organization" SET "version" = "version" + ${versions} WHERE "id" = ${id}`;
  if ((await writeRows(lock, transaction)) === 0) {
    throw new AppError("organization.not_found", "There is no such organization.");
  }
}

/** Runs `work` in one transaction that belongs to no organization (people, portal sessions, new organizations). */
export async function transact<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result> {
  return withRetries((db) =>
    runTransaction(db, work, {
      timeout: TRANSACTION_TIMEOUT_MILLISECONDS,
      maxWait: TRANSACTION_TIMEOUT_MILLISECONDS,
    }),
  );
}

/** Runs a write that is one statement of its own, and again while somebody holds a lock that it needs. */
export async function writeAlone<Result>(write: (db: Database) => Promise<Result>): Promise<Result> {
  return withRetries(write);
}

/** Those that have to try again do so one after the other: SQLite lets nothing else run while it finds a lock taken. */
let queue: Promise<unknown> = Promise.resolve();

async function withRetries<Result>(attempt: (db: Database) => Promise<Result>): Promise<Result> {
  try {
    return await attempt(database());
  } catch (error) {
    if (!isRetried(error)) throw error;
  }
  const deadline = performance.now() + PATIENCE_MILLISECONDS;
  const turn = queue.then(() => tryAgain(attempt, deadline));
  queue = turn.catch(() => undefined);
  return turn;
}

async function tryAgain<Result>(attempt: (db: Database) => Promise<Result>, deadline: number): Promise<Result> {
  for (let tried = 0; ; tried += 1) {
    await setTimeout(
      Math.min(2 ** tried * FIRST_PAUSE_MILLISECONDS, LONGEST_PAUSE_MILLISECONDS) * (0.5 + Math.random()),
    );
    try {
      return await attempt(database());
    } catch (error) {
      if (!isRetried(error) || performance.now() > deadline) throw error;
    }
  }
}

function isRetried(error: unknown): boolean {
  return !isAppError(error) && RETRIED_CODES.has(readStorageError(error).code);
}
