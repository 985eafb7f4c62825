"use server";
// What the pages with sessions can do: revoke them; the same service as the management API.
import { action } from "#lib/http/action.ts";
import { revokeSessionsSchema } from "#lib/sessions/schema.ts";
import { revokeSessions } from "#lib/sessions/service.ts";

export const revokeSessionsAction = action({
  input: revokeSessionsSchema,
  run: ({ actor, input, now }) => revokeSessions(actor, input, now),
});
