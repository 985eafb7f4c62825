import "server-only";
// Writes and reads the append-only log; a writer always holds the lock of its organization's row, so sequences have no gaps.
import type { Actor } from "../auth/actor.ts";
import { joinSql, sql, type Transaction } from "../db/client.ts";
import { insertRow, readRows } from "../db/statements.ts";
import { appendToOrganization } from "../db/transaction.ts";
import type { AppError } from "../errors.ts";
import type { NewAuditEvent } from "./event.ts";

/** An audit event as it is stored; `before` and `after` are JSON. */
export type AuditEventRow = Omit<
  NonNullable<Awaited<ReturnType<Transaction["auditEvent"]["findFirst"]>>>,
  "organizationId"
>;

/** Narrows a list of events; all that are given must hold. */
export type AuditEventFilter = {
  action?: string | undefined;
  outcome?: string | undefined;
  kid?: string | undefined;
  actorId?: string | undefined;
};

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
export async function findAuditEvents(
  organizationId: string,
  paging: { limit: number; before: number | null; filter: AuditEventFilter },
  transaction?: Transaction,
): Promise<AuditEventRow[]> {
  const { before, limit, filter } = paging;
  const wanted = [sql`"organizationId" = ${organizationId}`];
  if (before !== null) wanted.push(sql`"sequence" < ${before}`);
  if (filter.action !== undefined) wanted.push(sql`"action" = ${filter.action}`);
  if (filter.outcome !== undefined) wanted.push(sql`"outcome" = ${filter.outcome}`);
  if (filter.kid !== undefined) wanted.push(sql`"kid" = ${filter.kid}`);
  if (filter.actorId !== undefined) wanted.push(sql`"actorId" = ${filter.actorId}`);
  const statement = sql`
    SELECT "id", "sequence", "at", "action", "outcome", "actorType", "actorId", "actorName",
      "targetType", "targetId", "targetName", "kid", "reason", "before", "after", "address", "requestId"
    FROM "AuditEvent"
    WHERE ${joinSql(wanted, " AND ")}
    ORDER BY "sequence" DESC LIMIT ${limit}`;
  return readRows<AuditEventRow>(statement, transaction);
}
