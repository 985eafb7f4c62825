import { generateCertificateSchema, listCertificatesSchema } from "#lib/certificates/schema.ts";
import { generateCertificate, listCertificates } from "#lib/certificates/service.ts";
import { methods, route } from "#lib/http/route.ts";
import { bearerActor } from "#lib/tokens/bearer.ts";

export const { GET, POST, PUT, PATCH, DELETE } = methods({
  GET: route({
    actor: bearerActor,
    query: listCertificatesSchema,
    run: ({ actor, query, now }) => listCertificates(actor, query, now),
  }),
  POST: route({
    actor: bearerActor,
    body: generateCertificateSchema,
    status: 201,
    run: ({ actor, body, now }) => generateCertificate(actor, body, now),
  }),
});
