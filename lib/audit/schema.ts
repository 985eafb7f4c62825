// Which audit events are wanted: one page, narrowed by what, how it ended, which key and who.
import { z } from "zod";
import { pagingSchema } from "../paging.ts";
import { AUDIT_ACTIONS } from "./event.ts";

/** The largest number that the column of an event can hold. */
export const MAXIMUM_SEQUENCE = 2 ** 31 - 1;
const identifierSchema = z.string().regex(/^[\x20-\x7E]{1,200}$/, "1 to 200 printable ASCII characters.");

/** The query of the audit log. */
export const listAuditEventsSchema = pagingSchema.extend({
  action: z.enum(AUDIT_ACTIONS).optional(),
  outcome: z.enum(["success", "denied", "failed"]).optional(),
  kid: identifierSchema.optional(),
  actor_id: identifierSchema.optional(),
});

/** Names one event of an organization. */
export const auditEventNumberSchema = z.strictObject({ sequence: z.int().min(1).max(MAXIMUM_SEQUENCE) });

/** The number of an event, checked. */
export type AuditEventNumber = z.output<typeof auditEventNumberSchema>;

/** The query of the audit log, checked. */
export type ListAuditEventsInput = z.output<typeof listAuditEventsSchema>;
