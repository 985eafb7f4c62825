"use server";
// What the application pages can do: create, change, delete; the same services as the management API.
import {
  applicationIdSchema,
  assignCertificateSchema,
  clientSecretParamsSchema,
  createApplicationSchema,
  updateApplicationSchema,
} from "#lib/applications/schema.ts";
import { createClientSecret, deleteClientSecret } from "#lib/applications/secrets.ts";
import { createApplication, deleteApplication, updateApplication } from "#lib/applications/service.ts";
import { assignCertificate, listSelectableCertificates } from "#lib/certificates/assignment.ts";
import { selectableCertificatesSchema } from "#lib/certificates/selection-schema.ts";
import { action } from "#lib/http/action.ts";

export const createApplicationAction = action({
  input: createApplicationSchema,
  needsProof: true,
  permissions: ["applications.manage"],
  run: ({ actor, input, now }) => createApplication(actor, input, now),
});

export const updateApplicationAction = action({
  input: updateApplicationSchema.extend(applicationIdSchema.shape),
  // Where codes and assertions go to, what a client may do, and whether it needs a secret at all.
  needsProof: true,
  permissions: ["applications.manage"],
  run: ({ actor, input, now }) => updateApplication(actor, input, now),
});

export const deleteApplicationAction = action({
  input: applicationIdSchema,
  needsProof: true,
  permissions: ["applications.manage"],
  run: ({ actor, input, now }) => deleteApplication(actor, input, now),
});

export const createClientSecretAction = action({
  input: applicationIdSchema,
  needsProof: true,
  permissions: ["applications.manage"],
  run: ({ actor, input, now }) => createClientSecret(actor, input.id, now),
});

export const deleteClientSecretAction = action({
  input: clientSecretParamsSchema,
  needsProof: true,
  permissions: ["applications.manage"],
  run: ({ actor, input, now }) => deleteClientSecret(actor, { applicationId: input.id, secretId: input.secretId }, now),
});

export const assignCertificateAction = action({
  input: assignCertificateSchema.extend(applicationIdSchema.shape),
  // Whoever has the private key signs for everybody from then on.
  needsProof: true,
  permissions: ["certificates.view"],
  run: ({ actor, input, now }) => {
    const { id, signing_cert_id } = input;
    return assignCertificate(actor, { application_id: id, signing_cert_id }, now);
  },
});

export const listSelectableCertificatesAction = action({
  input: selectableCertificatesSchema,
  run: ({ actor, input, now }) => listSelectableCertificates(actor, input, now),
});
