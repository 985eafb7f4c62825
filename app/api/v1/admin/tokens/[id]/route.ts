import { methods, route } from "#lib/http/route.ts";
import { bearerActor } from "#lib/tokens/bearer.ts";
import { tokenIdSchema } from "#lib/tokens/schema.ts";
import { revokeToken } from "#lib/tokens/service.ts";

export const { GET, POST, PUT, PATCH, DELETE } = methods({
  DELETE: route({
    actor: bearerActor,
    params: tokenIdSchema,
    run: ({ actor, params, now }) => revokeToken(actor, params, now),
  }),
});
