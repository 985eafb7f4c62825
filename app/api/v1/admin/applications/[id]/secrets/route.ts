import { applicationIdSchema } from "#lib/applications/schema.ts";
import { createClientSecret } from "#lib/applications/secrets.ts";
import { methods, route } from "#lib/http/route.ts";
import { bearerActor } from "#lib/tokens/bearer.ts";

export const { GET, POST, PUT, PATCH, DELETE } = methods({
  POST: route({
    actor: bearerActor,
    params: applicationIdSchema,
    status: 201,
    run: ({ actor, params, now }) => createClientSecret(actor, params.id, now),
  }),
});
