import "server-only";
// The public door of the audit log: reading it. Writing happens in the transactions of the changes themselves.
import { type Actor, requirePermission } from "../auth/actor.ts";
import { AppError } from "../errors.ts";
import { type Page, readCursor, toPage } from "../paging.ts";
import { findAuditEvent, findAuditEvents, findAuditHeadlines } from "./repository.ts";
import { type AuditEventNumber, type ListAuditEventsInput, MAXIMUM_SEQUENCE } from "./schema.ts";
import { type AuditEventView, type AuditHeadlineView, toAuditEventView, toAuditHeadlineView } from "./view.ts";

/**
 * One page of the log, newest first.
 * @throws auth.forbidden request.invalid
 */
export async function listAuditEvents(actor: Actor, query: ListAuditEventsInput): Promise<Page<AuditEventView>> {
  return listPage(actor, query, findAuditEvents, toAuditEventView);
}

/** As {@link listAuditEvents}, with what lists show alone. @throws auth.forbidden request.invalid */
export async function listAuditHeadlines(actor: Actor, query: ListAuditEventsInput): Promise<Page<AuditHeadlineView>> {
  return listPage(actor, query, findAuditHeadlines, toAuditHeadlineView);
}

/** One event, by its number. @throws auth.forbidden request.not_found */
export async function getAuditEvent(actor: Actor, { sequence }: AuditEventNumber): Promise<AuditEventView> {
  requirePermission(actor, "audit.view");
  const row = await findAuditEvent(actor.organizationId, sequence);
  if (row === null) throw new AppError("request.not_found", "There is no such event.");
  return toAuditEventView(row);
}

async function listPage<Row extends { id: string; sequence: number }, View>(
  actor: Actor,
  query: ListAuditEventsInput,
  find: (organizationId: string, paging: Parameters<typeof findAuditEvents>[1]) => Promise<Row[]>,
  toItem: (row: Row) => View,
): Promise<Page<View>> {
  requirePermission(actor, "audit.view");
  const { limit, cursor, action, outcome, kid, actor_id: actorId } = query;
  const rows = await find(actor.organizationId, {
    limit: limit + 1,
    before: readSequence(cursor),
    filter: { action, outcome, kid, actorId },
  });
  return toPage(rows, { limit, keyOf: (row) => ({ value: String(row.sequence), id: row.id }), toItem });
}

function readSequence(cursor: string | undefined): number | null {
  const key = readCursor(cursor);
  if (key === null) return null;
  const sequence = Number(key.value);
  if (Number.isSafeInteger(sequence) && sequence > 0 && sequence <= MAXIMUM_SEQUENCE) return sequence;
  throw new AppError("request.invalid", "The cursor is not one that this list gave.", {
    errors: [{ field: "cursor", code: "unknown_cursor", message: "Use the next_cursor of the page before." }],
  });
}
