import { methods, route } from "#lib/http/route.ts";
import { replaceNextKeySchema } from "#lib/keys/schema.ts";
import { replaceNextKey } from "#lib/keys/service.ts";
import { bearerActor } from "#lib/tokens/bearer.ts";

export const { GET, POST, PUT, PATCH, DELETE } = methods({
  PUT: route({
    actor: bearerActor,
    body: replaceNextKeySchema,
    run: ({ actor, body, now }) => replaceNextKey(actor, body, now),
  }),
});
