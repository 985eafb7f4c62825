import { applicationFilterSchema, createApplicationSchema } from "#lib/applications/schema.ts";
import { createApplication, listApplications } from "#lib/applications/service.ts";
import { methods, route } from "#lib/http/route.ts";
import { pagingSchema } from "#lib/paging.ts";
import { bearerActor } from "#lib/tokens/bearer.ts";

export const { GET, POST, PUT, PATCH, DELETE } = methods({
  GET: route({
    actor: bearerActor,
    query: pagingSchema.extend(applicationFilterSchema.shape),
    run: ({ actor, query, now }) => listApplications(actor, query, now),
  }),
  POST: route({
    actor: bearerActor,
    body: createApplicationSchema,
    status: 201,
    run: ({ actor, body, now }) => createApplication(actor, body, now),
  }),
});
