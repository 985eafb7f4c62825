import { methods, route } from "#lib/http/route.ts";
import { revokeSessionGroupSchema } from "#lib/sessions/schema.ts";
import { revokeSessions } from "#lib/sessions/service.ts";
import { bearerActor } from "#lib/tokens/bearer.ts";

export const { GET, POST, PUT, PATCH, DELETE } = methods({
  POST: route({
    actor: bearerActor,
    body: revokeSessionGroupSchema,
    run: ({ actor, body, now }) => revokeSessions(actor, body, now),
  }),
});
