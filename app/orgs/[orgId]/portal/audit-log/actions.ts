"use server";
// What the audit log can do: read one of its events.
import { auditEventNumberSchema } from "#lib/audit/schema.ts";
import { getAuditEvent } from "#lib/audit/service.ts";
import { action } from "#lib/http/action.ts";

export const readEventAction = action({
  input: auditEventNumberSchema,
  run: ({ actor, input }) => getAuditEvent(actor, input),
});
