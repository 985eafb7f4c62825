import { methods, route } from "#lib/http/route.ts";
import { sessionIdSchema } from "#lib/sessions/schema.ts";
import { revokeSessions } from "#lib/sessions/service.ts";
import { bearerActor } from "#lib/tokens/bearer.ts";

export const { GET, POST, PUT, PATCH, DELETE } = methods({
  DELETE: route({
    actor: bearerActor,
    params: sessionIdSchema,
    run: ({ actor, params, now }) => revokeSessions(actor, params, now),
  }),
});
