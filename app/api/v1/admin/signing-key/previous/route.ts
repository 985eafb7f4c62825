import { methods, route } from "#lib/http/route.ts";
import { dropQuerySchema } from "#lib/keys/schema.ts";
import { dropSigningKey, previewDrop } from "#lib/keys/service.ts";
import { bearerActor } from "#lib/tokens/bearer.ts";

export const { GET, POST, PUT, PATCH, DELETE } = methods({
  DELETE: route({
    actor: bearerActor,
    query: dropQuerySchema,
    run: ({ actor, query: { force, dry_run }, now }) =>
      dry_run ? previewDrop(actor, { force }, now) : dropSigningKey(actor, { force }, now),
  }),
});
