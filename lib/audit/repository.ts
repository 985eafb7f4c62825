import "server-only";
// Writes and reads the append-only log; a writer always holds the lock of its organization's row, so sequences have no gaps.
import type { Actor } from "../auth/actor.ts";
import { joinSql, type Statement, sql, type Transaction } from "../db/client.ts";
import { insertRow, readRows } from "../db/statements.ts";
import { appendToOrganization } from "../db/transaction.ts";
import type { AppError } from "../errors.ts";
import type { NewAuditEvent } from "./event.ts";

/** An audit event as it is stored; `before` and `after` are JSON. */
export type AuditEventRow = Omit<
  NonNullable<Awaited<ReturnType<Transaction["auditEvent"]["findFirst"]>>>,
  "organizationId"
>;

/** What lists show of an event. */
export type AuditHeadlineRow = Pick<
  AuditEventRow,
  "id" | "sequence" | "at" | "action" | "outcome" | "kid" | "actorName" | "targetName"
>;

/** Narrows a list of events; all that are given must hold. */
export type AuditEventFilter = {
  action?: string | undefined;
  outcome?: string | undefined;
  kid?: string | undefined;
  actorId?: string | undefined;
};

type AuditEventPaging = { limit: number; before: number | null; filter: AuditEventFilter };

const HEADLINE = sql`"id", "sequence", "at", "action", "outcome", "kid", "actorName", "targetName"`;
const EVENT = sql`${HEADLINE}, "actorType", "actorId", "targetType", "targetId", "reason", "before", "after",
  "address", "requestId"`;

/** Appends one event in the transaction of the change that it tells of. */
export async function recordAuditEvent(
  transaction: Transaction,
  actor: Actor,
  event: NewAuditEvent,
  now: Date,
): Promise<void> {
  const { organizationId } = actor;
  const { action, outcome = "success", target, kid = null, reason = null } = event;
  const before = event.before ? JSON.stringify(event.before) : null;
  const after = event.after ? JSON.stringify(event.after) : null;
  const row = {
    id: crypto.randomUUID(),
    organizationId,
    // Found where it is used, because every change pays for a statement.
    sequence: sql`(SELECT COALESCE(MAX("sequence"), 0) + 1 FROM "AuditEvent" WHERE "organizationId" = ${organizationId})`,
    at: now,
    action,
    outcome,
    actorType: actor.type,
    actorId: actor.id,
    actorName: actor.name,
    targetType: target.type,
    targetId: target.id,
    targetName: target.name,
    kid,
    reason,
    before,
    after,
    address: actor.address,
    requestId: actor.requestId,
  };
  await insertRow("AuditEvent", row, transaction);
}

/** Appends what an actor tried and was refused, in a transaction of its own. `place` is a route or an action. */
export async function recordDenial(
  actor: Actor,
  place: string,
  error: AppError,
  now: Date = new Date(),
): Promise<void> {
  await appendToOrganization(actor.organizationId, (transaction) =>
    recordAuditEvent(
      transaction,
      actor,
      {
        action: "access.denied",
        outcome: "denied",
        target: { type: "route", id: place, name: place },
        reason: error.message,
        after: { code: error.code, ...error.details },
      },
      now,
    ),
  );
}

/** Events of one organization, newest first, older than the sequence number `before` when it is given. */
export async function findAuditEvents(organizationId: string, paging: AuditEventPaging): Promise<AuditEventRow[]> {
  return findEvents<AuditEventRow>(EVENT, organizationId, paging);
}

/** As {@link findAuditEvents}, with what lists show alone. */
export async function findAuditHeadlines(
  organizationId: string,
  paging: AuditEventPaging,
): Promise<AuditHeadlineRow[]> {
  return findEvents<AuditHeadlineRow>(HEADLINE, organizationId, paging);
}

/** The event with this number, or null. */
export async function findAuditEvent(organizationId: string, sequence: number): Promise<AuditEventRow | null> {
  const statement = sql`
    SELECT ${EVENT} FROM "AuditEvent" WHERE "organizationId" = ${organizationId} AND "sequence" = ${sequence}`;
  const [row] = await readRows<AuditEventRow>(statement);
  return row ?? null;
}

async function findEvents<Row>(
  columns: Statement,
  organizationId: string,
  { before, limit, filter }: AuditEventPaging,
): Promise<Row[]> {
  const wanted = [sql`"organizationId" = ${organizationId}`];
  if (before !== null) wanted.push(sql`"sequence" < ${before}`);
  if (filter.action !== undefined) wanted.push(sql`"action" = ${filter.action}`);
  if (filter.outcome !== undefined) wanted.push(sql`"outcome" = ${filter.outcome}`);
  if (filter.kid !== undefined) wanted.push(sql`"kid" = ${filter.kid}`);
  if (filter.actorId !== undefined) wanted.push(sql`"actorId" = ${filter.actorId}`);
  return readRows<Row>(sql`
    SELECT ${columns} FROM "AuditEvent"
    WHERE ${joinSql(wanted, " AND ")}
    ORDER BY "sequence" DESC LIMIT ${limit}`);
}
