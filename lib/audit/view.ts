// What the log shows to the page and to the API: an allow-list, times in ISO 8601 UTC.
import { z } from "zod";
import type { AuditEventRow, AuditHeadlineRow } from "./repository.ts";

export type { AuditAction } from "./event.ts";

/** One event of the log; `sequence` counts per organization without gaps. */
export type AuditEventView = {
  id: string;
  sequence: number;
  at: string;
  action: string;
  outcome: string;
  actor: { type: string; id: string; name: string };
  target: { type: string; id: string; name: string };
  kid: string | null;
  reason: string | null;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  address: string | null;
  request_id: string | null;
};

/** The line of an event in a list, flat. */
export type AuditHeadlineView = Pick<AuditEventView, "sequence" | "at" | "action" | "outcome" | "kid"> & {
  actor_name: string;
  target_name: string;
};

// Not z.record, which would copy each of a hundred states a page.
const stateSchema = z.custom<Record<string, unknown>>((value) => typeof value === "object" && value !== null);

/** Shows a stored event. */
export function toAuditEventView(row: AuditEventRow): AuditEventView {
  return {
    id: row.id,
    sequence: row.sequence,
    at: row.at.toISOString(),
    action: row.action,
    outcome: row.outcome,
    actor: { type: row.actorType, id: row.actorId, name: row.actorName },
    target: { type: row.targetType, id: row.targetId, name: row.targetName },
    kid: row.kid,
    reason: row.reason,
    before: readState(row.before),
    after: readState(row.after),
    address: row.address,
    request_id: row.requestId,
  };
}

/** Shows the line of a stored event. */
export function toAuditHeadlineView(row: AuditHeadlineRow): AuditHeadlineView {
  const { sequence, at, action, outcome, kid, actorName, targetName } = row;
  return { sequence, at: at.toISOString(), action, outcome, kid, actor_name: actorName, target_name: targetName };
}

function readState(json: string | null): Record<string, unknown> | null {
  return json === null ? null : stateSchema.parse(JSON.parse(json));
}
