import { createApplicationSchema, listApplicationsSchema } from "#lib/applications/schema.ts";
import { createApplication, listApplications } from "#lib/applications/service.ts";
import { methods, route } from "#lib/http/route.ts";
import { bearerActor } from "#lib/tokens/bearer.ts";

export const { GET, POST, PUT, PATCH, DELETE } = methods({
  GET: route({
    actor: bearerActor,
    query: listApplicationsSchema,
    run: ({ actor, query, now }) => listApplications(actor, query, now),
  }),
  POST: route({
    actor: bearerActor,
    body: createApplicationSchema,
    status: 201,
    run: ({ actor, body, now }) => createApplication(actor, body, now),
  }),
});
