import { uploadCertificateSchema } from "#lib/certificates/schema.ts";
import { uploadCertificate } from "#lib/certificates/service.ts";
import { methods, route } from "#lib/http/route.ts";
import { bearerActor } from "#lib/tokens/bearer.ts";

export const { GET, POST, PUT, PATCH, DELETE } = methods({
  POST: route({
    actor: bearerActor,
    body: uploadCertificateSchema,
    status: 201,
    run: ({ actor, body, now }) => uploadCertificate(actor, body, now),
  }),
});
