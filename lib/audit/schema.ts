// Which audit events are wanted: one page, narrowed by what, how it ended, which key and who.
import { z } from "zod";
import { pagingSchema } from "../paging.ts";
import { AUDIT_ACTIONS } from "./event.ts";

/** The query of the audit log. */
export const listAuditEventsSchema = pagingSchema.extend({
  action: z.enum(AUDIT_ACTIONS).optional(),
  outcome: z.enum(["success", "denied", "failed"]).optional(),
  kid: z.string().min(1).max(200).optional(),
  actor_id: z.string().min(1).max(200).optional(),
});

/** The query of the audit log, checked. */
export type ListAuditEventsInput = z.output<typeof listAuditEventsSchema>;
