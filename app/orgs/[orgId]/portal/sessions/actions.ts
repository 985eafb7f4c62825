"use server";
// What the pages with sessions can do: revoke them; the same service as the management API.
import { action } from "#lib/http/action.ts";
import { revokeSessionGroupSchema, sessionIdSchema } from "#lib/sessions/schema.ts";
import { revokeSessions } from "#lib/sessions/service.ts";

export const revokeSessionAction = action({
  input: sessionIdSchema,
  needsProof: true,
  permissions: ["applications.manage", "certificates.manage"],
  run: ({ actor, input, now }) => revokeSessions(actor, input, now),
});

export const revokeSessionGroupAction = action({
  input: revokeSessionGroupSchema,
  needsProof: true,
  permissions: ["applications.manage", "certificates.manage"],
  run: ({ actor, input, now }) => revokeSessions(actor, input, now),
});
