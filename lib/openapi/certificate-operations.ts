// The operations of the management API on certificates, with the very schemas that their routes check.
import { deleteCertificateQuerySchema } from "../certificates/deletion-schema.ts";
import {
  certificateIdSchema,
  generateCertificateSchema,
  getCertificateSchema,
  listCertificatesSchema,
  previewUploadSchema,
  renewCertificateSchema,
  renewQuerySchema,
  uploadCertificateSchema,
} from "../certificates/schema.ts";
import { pageOf } from "./answers.ts";
import {
  certificate,
  certificateDeletion,
  certificatePreview,
  certificateRenewal,
  certificateSummary,
} from "./certificate-answers.ts";
import type { Operation } from "./operations.ts";

const CERTIFICATES = "/api/v1/admin/certificates";
const BUSY =
  "request.too_many: too much of this is running already, or was asked for lately; `retry_after` says when to come back";
const UPLOAD_REFUSALS = {
  409: "certificate.duplicate",
  413: "certificate.too_large, or the body is too large",
  422: "certificate.*: what is wrong with the pair; `errors` names the field",
  429: BUSY,
};

/** All operations on certificates. */
export const CERTIFICATE_OPERATIONS: readonly Operation[] = [
  {
    method: "get",
    path: CERTIFICATES,
    summary: "Certificates, searched and sorted",
    permission: "certificates.view",
    query: listCertificatesSchema,
    answers: [pageOf(certificateSummary)],
  },
  {
    method: "post",
    path: CERTIFICATES,
    summary: "Generate a key pair and a self-signed certificate over it; RSA of 4096 bits takes seconds",
    permission: "certificates.manage",
    body: generateCertificateSchema,
    status: 201,
    answers: [certificate],
    refusals: { 429: BUSY },
  },
  {
    method: "post",
    path: `${CERTIFICATES}/upload`,
    summary: "Store a private key and its certificate, with the chain; the key is never given out again",
    permission: "certificates.manage",
    body: uploadCertificateSchema,
    status: 201,
    answers: [certificate],
    refusals: UPLOAD_REFUSALS,
  },
  {
    method: "post",
    path: `${CERTIFICATES}/preview`,
    summary: "What an upload would store; nothing is kept",
    permission: "certificates.manage",
    body: previewUploadSchema,
    answers: [certificatePreview],
    refusals: UPLOAD_REFUSALS,
  },
  {
    method: "get",
    path: `${CERTIFICATES}/{id}`,
    summary: "One certificate, live or deleted; with format=pem, der or chain as a file",
    permission: "certificates.view",
    params: certificateIdSchema,
    query: getCertificateSchema,
    answers: [certificate],
    refusals: { 404: "no such certificate" },
  },
  {
    method: "delete",
    path: `${CERTIFICATES}/{id}`,
    summary: "Delete a certificate and destroy its private key; the row stays as history",
    permission: "certificates.manage",
    params: certificateIdSchema,
    query: deleteCertificateQuerySchema,
    answers: [certificateDeletion],
    refusals: {
      404: "no such certificate",
      409: "certificate.in_use without reassign, or certificate.not_safe_to_delete without force",
    },
  },
  {
    method: "post",
    path: `${CERTIFICATES}/{id}/renew`,
    summary: "Make a new certificate over the same key and move its applications; for self-signed ones",
    permission: "certificates.manage",
    params: certificateIdSchema,
    query: renewQuerySchema,
    body: renewCertificateSchema,
    answers: [certificateRenewal],
    refusals: {
      404: "no such certificate",
      409: "certificate.not_self_signed, or certificate.deleted",
      429: BUSY,
    },
  },
];
