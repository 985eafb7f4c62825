import { applicationIdSchema, deletionSchema, updateApplicationSchema } from "#lib/applications/schema.ts";
import { deleteApplication, getApplication, updateApplication } from "#lib/applications/service.ts";
import { methods, route } from "#lib/http/route.ts";
import { bearerActor } from "#lib/tokens/bearer.ts";

export const { GET, POST, PUT, PATCH, DELETE } = methods({
  GET: route({
    actor: bearerActor,
    params: applicationIdSchema,
    run: ({ actor, params, now }) => getApplication(actor, params.id, now),
  }),
  PATCH: route({
    actor: bearerActor,
    params: applicationIdSchema,
    body: updateApplicationSchema,
    run: ({ actor, params, body, now }) => updateApplication(actor, { ...body, id: params.id }, now),
  }),
  DELETE: route({
    actor: bearerActor,
    params: applicationIdSchema,
    query: deletionSchema,
    run: ({ actor, params, query, now }) => deleteApplication(actor, { ...query, id: params.id }, now),
  }),
});
