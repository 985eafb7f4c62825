// What the page of the log tells of an event: flat, and without the ids that it shows nowhere.
import type { AuditEventView } from "#lib/audit/view.ts";

/** One event of a list; `sequence` tells it from all others of the organization. */
export type AuditEventRow = Pick<
  AuditEventView,
  "sequence" | "at" | "action" | "outcome" | "kid" | "reason" | "before" | "after" | "address"
> & {
  actorType: string;
  actorName: string;
  targetType: string;
  targetId: string;
  targetName: string;
  requestId: string | null;
};

/** Fifty of them are most of what the page weighs. */
export function toAuditEventRow(event: AuditEventView): AuditEventRow {
  const { id: _id, actor, target, request_id: requestId, ...rest } = event;
  return {
    ...rest,
    actorType: actor.type,
    actorName: actor.name,
    targetType: target.type,
    targetId: target.id,
    targetName: target.name,
    requestId,
  };
}
