import { methods, route } from "#lib/http/route.ts";
import { pagingSchema } from "#lib/paging.ts";
import { bearerActor } from "#lib/tokens/bearer.ts";
import { createTokenSchema } from "#lib/tokens/schema.ts";
import { createToken, listTokens } from "#lib/tokens/service.ts";

export const { GET, POST, PUT, PATCH, DELETE } = methods({
  GET: route({ actor: bearerActor, query: pagingSchema, run: ({ actor, query }) => listTokens(actor, query) }),
  POST: route({
    actor: bearerActor,
    body: createTokenSchema,
    status: 201,
    run: ({ actor, body, now }) => createToken(actor, body, now),
  }),
});
