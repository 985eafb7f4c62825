// The audit log of the management API.
import { listAuditEventsSchema } from "#lib/audit/schema.ts";
import { listAuditEvents } from "#lib/audit/service.ts";
import { methods, route } from "#lib/http/route.ts";
import { bearerActor } from "#lib/tokens/bearer.ts";

export const { GET, POST, PUT, PATCH, DELETE } = methods({
  GET: route({
    actor: bearerActor,
    query: listAuditEventsSchema,
    run: ({ actor, query }) => listAuditEvents(actor, query),
  }),
});
