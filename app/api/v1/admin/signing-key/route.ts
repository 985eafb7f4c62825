import { methods, route } from "#lib/http/route.ts";
import { getSigningKeyStatus } from "#lib/keys/service.ts";
import { bearerActor } from "#lib/tokens/bearer.ts";

export const { GET, POST, PUT, PATCH, DELETE } = methods({
  GET: route({
    actor: bearerActor,
    run: ({ actor, now }) => getSigningKeyStatus(actor, now),
  }),
});
