import "server-only";
// The public door of the audit log: reading it. Writing happens in the transactions of the changes themselves.
import { type Actor, requirePermission } from "../auth/actor.ts";
import { AppError } from "../errors.ts";
import { type Page, readCursor, toPage } from "../paging.ts";
import { findAuditEvents } from "./repository.ts";
import type { ListAuditEventsInput } from "./schema.ts";
import { type AuditEventView, toAuditEventView } from "./view.ts";

/**
 * One page of the log, newest first.
 * @throws auth.forbidden request.invalid
 */
export async function listAuditEvents(actor: Actor, query: ListAuditEventsInput): Promise<Page<AuditEventView>> {
  requirePermission(actor, "audit.view");
  const { limit, cursor, action, outcome, kid, actor_id: actorId } = query;
  const rows = await findAuditEvents(actor.organizationId, {
    limit: limit + 1,
    before: readSequence(cursor),
    filter: { action, outcome, kid, actorId },
  });
  return toPage(rows, {
    limit,
    keyOf: (row) => ({ value: String(row.sequence), id: row.id }),
    toItem: toAuditEventView,
  });
}

function readSequence(cursor: string | undefined): number | null {
  const key = readCursor(cursor);
  if (key === null) return null;
  const sequence = Number(key.value);
  if (Number.isSafeInteger(sequence) && sequence > 0 && sequence < 2 ** 31) return sequence;
  throw new AppError("request.invalid", "The cursor is not one that this list gave.", {
    errors: [{ field: "cursor", code: "unknown_cursor", message: "Use the next_cursor of the page before." }],
  });
}
