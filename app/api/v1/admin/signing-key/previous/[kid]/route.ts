import { methods, route } from "#lib/http/route.ts";
import { dropQuerySchema, keyParamsSchema } from "#lib/keys/schema.ts";
import { dropSigningKey, previewDrop } from "#lib/keys/service.ts";
import { bearerActor } from "#lib/tokens/bearer.ts";

export const { GET, POST, PUT, PATCH, DELETE } = methods({
  DELETE: route({
    actor: bearerActor,
    params: keyParamsSchema,
    query: dropQuerySchema,
    run: ({ actor, params: { kid }, query: { force, dry_run }, now }) =>
      dry_run ? previewDrop(actor, { kid, force }, now) : dropSigningKey(actor, { kid, force }, now),
  }),
});
