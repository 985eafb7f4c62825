import { deleteCertificateQuerySchema } from "#lib/certificates/deletion-schema.ts";
import { certificateIdSchema, getCertificateSchema } from "#lib/certificates/schema.ts";
import { deleteCertificate, getCertificate, getCertificateFile } from "#lib/certificates/service.ts";
import { FileReply } from "#lib/http/file-reply.ts";
import { methods, route } from "#lib/http/route.ts";
import { bearerActor } from "#lib/tokens/bearer.ts";

export const { GET, POST, PUT, PATCH, DELETE } = methods({
  GET: route({
    actor: bearerActor,
    params: certificateIdSchema,
    query: getCertificateSchema,
    run: async ({ actor, params: { id }, query: { format }, now }) =>
      format === undefined
        ? getCertificate(actor, id, now)
        : new FileReply(await getCertificateFile(actor, { id, format })),
  }),
  DELETE: route({
    actor: bearerActor,
    params: certificateIdSchema,
    query: deleteCertificateQuerySchema,
    run: ({ actor, params, query, now }) => deleteCertificate(actor, { ...query, id: params.id }, now),
  }),
});
