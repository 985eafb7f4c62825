"use server";
// What the certificate pages can do: generate, preview, upload, renew, delete; the same services as the management API.
import { deleteCertificate } from "#lib/certificates/deletion.ts";
import { deleteCertificateSchema } from "#lib/certificates/deletion-schema.ts";
import {
  certificateIdSchema,
  generateCertificateSchema,
  renewCertificateSchema,
  uploadCertificateSchema,
} from "#lib/certificates/schema.ts";
import { generateCertificate, previewUpload, renewCertificate, uploadCertificate } from "#lib/certificates/service.ts";
import { action } from "#lib/http/action.ts";

export const generateCertificateAction = action({
  input: generateCertificateSchema,
  run: ({ actor, input, now }) => generateCertificate(actor, input, now),
});

export const previewUploadAction = action({
  // The name belongs to the form too: what is wrong with it is said before the preview, not after.
  input: uploadCertificateSchema,
  run: ({ actor, input: { name: _name, ...pair }, now }) => previewUpload(actor, pair, now),
});

export const uploadCertificateAction = action({
  input: uploadCertificateSchema,
  // Whoever brings a private key keeps it, and can sign with it once it is assigned.
  needsProof: true,
  permissions: ["certificates.manage"],
  run: ({ actor, input, now }) => uploadCertificate(actor, input, now),
});

export const renewCertificateAction = action({
  input: renewCertificateSchema.extend(certificateIdSchema.shape),
  run: ({ actor, input, now }) => renewCertificate(actor, input, now),
});

export const deleteCertificateAction = action({
  input: deleteCertificateSchema,
  needsProof: ({ dry_run }) => dry_run !== true,
  permissions: ["certificates.manage"],
  run: ({ actor, input, now }) => deleteCertificate(actor, input, now),
});
