import { clientSecretParamsSchema } from "#lib/applications/schema.ts";
import { deleteClientSecret } from "#lib/applications/secrets.ts";
import { methods, route } from "#lib/http/route.ts";
import { bearerActor } from "#lib/tokens/bearer.ts";

export const { GET, POST, PUT, PATCH, DELETE } = methods({
  DELETE: route({
    actor: bearerActor,
    params: clientSecretParamsSchema,
    run: ({ actor, params, now }) =>
      deleteClientSecret(actor, { applicationId: params.id, secretId: params.secretId }, now),
  }),
});
