import { previewUploadSchema } from "#lib/certificates/schema.ts";
import { previewUpload } from "#lib/certificates/service.ts";
import { methods, route } from "#lib/http/route.ts";
import { bearerActor } from "#lib/tokens/bearer.ts";

export const { GET, POST, PUT, PATCH, DELETE } = methods({
  POST: route({
    actor: bearerActor,
    body: previewUploadSchema,
    run: ({ actor, body, now }) => previewUpload(actor, body, now),
  }),
});
