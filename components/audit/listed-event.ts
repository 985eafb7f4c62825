// What lists tell of an event: flat, and without what they show nowhere.
import type { AuditEventView } from "#lib/audit/view.ts";

/** One event of the log, with what it opens to; `sequence` tells it from all others of the organization. */
export type ListedEvent = Pick<
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
export function toListedEvent(event: AuditEventView): ListedEvent {
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

/** The line of an event, without what it opens to. */
export type EventHeadline = Pick<
  ListedEvent,
  "sequence" | "at" | "action" | "outcome" | "kid" | "actorName" | "targetName"
>;

/** For lists in which nothing opens. */
export function toEventHeadline(event: AuditEventView): EventHeadline {
  const { sequence, at, action, outcome, kid, actor, target } = event;
  return { sequence, at, action, outcome, kid, actorName: actor.name, targetName: target.name };
}
