import { methods, route } from "#lib/http/route.ts";
import { rotateKeySchema, rotateQuerySchema } from "#lib/keys/schema.ts";
import { previewRotation, rotateSigningKey } from "#lib/keys/service.ts";
import { bearerActor } from "#lib/tokens/bearer.ts";

export const { GET, POST, PUT, PATCH, DELETE } = methods({
  POST: route({
    actor: bearerActor,
    query: rotateQuerySchema,
    body: rotateKeySchema,
    run: ({ actor, query, body, now }) =>
      query.dry_run ? previewRotation(actor, body, now) : rotateSigningKey(actor, body, now),
  }),
});
