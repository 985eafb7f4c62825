import { methods, route } from "#lib/http/route.ts";
import { listSessionsSchema } from "#lib/sessions/schema.ts";
import { listSessions } from "#lib/sessions/service.ts";
import { bearerActor } from "#lib/tokens/bearer.ts";

export const { GET, POST, PUT, PATCH, DELETE } = methods({
  GET: route({
    actor: bearerActor,
    query: listSessionsSchema,
    run: ({ actor, query, now }) => listSessions(actor, query, now),
  }),
});
