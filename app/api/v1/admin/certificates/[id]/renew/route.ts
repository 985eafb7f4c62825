import { certificateIdSchema, renewCertificateSchema, renewQuerySchema } from "#lib/certificates/schema.ts";
import { renewCertificate } from "#lib/certificates/service.ts";
import { methods, route } from "#lib/http/route.ts";
import { bearerActor } from "#lib/tokens/bearer.ts";

export const { GET, POST, PUT, PATCH, DELETE } = methods({
  POST: route({
    actor: bearerActor,
    params: certificateIdSchema,
    query: renewQuerySchema,
    body: renewCertificateSchema,
    run: ({ actor, params, query, body, now }) => renewCertificate(actor, { ...body, ...query, id: params.id }, now),
  }),
});
