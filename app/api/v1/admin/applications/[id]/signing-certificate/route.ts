import { applicationIdSchema, assignCertificateSchema } from "#lib/applications/schema.ts";
import { assignCertificate } from "#lib/certificates/assignment.ts";
import { methods, route } from "#lib/http/route.ts";
import { bearerActor } from "#lib/tokens/bearer.ts";

export const { GET, POST, PUT, PATCH, DELETE } = methods({
  PUT: route({
    actor: bearerActor,
    params: applicationIdSchema,
    body: assignCertificateSchema,
    run: ({ actor, params, body, now }) => assignCertificate(actor, { ...body, application_id: params.id }, now),
  }),
});
