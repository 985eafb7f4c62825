// Every operation of the management API, with the very schemas that its route checks; a house test compares both.
import type { z } from "zod";
import {
  applicationIdSchema,
  assignCertificateSchema,
  clientSecretParamsSchema,
  createApplicationSchema,
  deletionSchema,
  listApplicationsSchema,
  updateApplicationSchema,
} from "../applications/schema.ts";
import { listAuditEventsSchema } from "../audit/schema.ts";
import type { Permission } from "../auth/permissions.ts";
import {
  dropQuerySchema,
  keyParamsSchema,
  replaceNextKeySchema,
  rotateKeySchema,
  rotateQuerySchema,
} from "../keys/schema.ts";
import { pagingSchema } from "../paging.ts";
import { createTokenSchema, tokenIdSchema } from "../tokens/schema.ts";
import {
  application,
  applicationDeletion,
  auditEvent,
  clientSecret,
  createdApplication,
  createdClientSecret,
  createdToken,
  dropImpact,
  pageOf,
  rotationImpact,
  signingKeyStatus,
  token,
} from "./answers.ts";
import { CERTIFICATE_OPERATIONS } from "./certificate-operations.ts";
import { SESSION_OPERATIONS } from "./session-operations.ts";

/** One operation; `answers` are the possible bodies of success. */
export type Operation = {
  method: "get" | "post" | "put" | "patch" | "delete";
  path: string;
  summary: string;
  /** Null where any valid bearer of the organization may call, within its own reach. */
  permission: Permission | null;
  params?: z.ZodType;
  query?: z.ZodType;
  body?: z.ZodType;
  status?: number;
  answers: z.ZodType[];
  /** Refusals beyond those that every operation has: status and what it means here. */
  refusals?: Record<number, string>;
};

const SIGNING_KEY = "/api/v1/admin/signing-key";
const APPLICATIONS = "/api/v1/admin/applications";
const TOKENS = "/api/v1/admin/tokens";
const DROP_REFUSALS = { 404: "no such previous key", 409: "key.not_safe_to_drop: not safe yet, and not forced" };

/** All operations. */
export const OPERATIONS: readonly Operation[] = [
  {
    method: "get",
    path: SIGNING_KEY,
    summary: "The state of the signing keys",
    permission: "certificates.view",
    answers: [signingKeyStatus],
  },
  {
    method: "post",
    path: `${SIGNING_KEY}/rotate`,
    summary: "Make the next key the current one; algorithm and rsa_bits are those of the new next key",
    permission: "certificates.manage",
    query: rotateQuerySchema,
    body: rotateKeySchema,
    answers: [signingKeyStatus, rotationImpact],
    refusals: { 409: "key.already_rotated by somebody else, or key.next_not_propagated without override_reason" },
  },
  {
    method: "put",
    path: `${SIGNING_KEY}/next`,
    summary: "Replace the next key, so that a change of algorithm is published before it signs",
    permission: "certificates.manage",
    body: replaceNextKeySchema,
    answers: [signingKeyStatus],
  },
  {
    method: "delete",
    path: `${SIGNING_KEY}/previous`,
    summary: "Drop the latest previous key",
    permission: "certificates.manage",
    query: dropQuerySchema,
    answers: [signingKeyStatus, dropImpact],
    refusals: DROP_REFUSALS,
  },
  {
    method: "delete",
    path: `${SIGNING_KEY}/previous/{kid}`,
    summary: "Drop one previous key",
    permission: "certificates.manage",
    params: keyParamsSchema,
    query: dropQuerySchema,
    answers: [signingKeyStatus, dropImpact],
    refusals: DROP_REFUSALS,
  },
  {
    method: "get",
    path: APPLICATIONS,
    summary: "Applications by name",
    permission: "certificates.view",
    query: listApplicationsSchema,
    answers: [pageOf(application)],
  },
  {
    method: "post",
    path: APPLICATIONS,
    summary: "Register an application; the answer holds the client secret, once",
    permission: "applications.manage",
    body: createApplicationSchema,
    status: 201,
    answers: [createdApplication],
    refusals: { 409: "application.entity_id_taken" },
  },
  {
    method: "get",
    path: `${APPLICATIONS}/{id}`,
    summary: "One application",
    permission: "certificates.view",
    params: applicationIdSchema,
    answers: [application],
    refusals: { 404: "no such application" },
  },
  {
    method: "patch",
    path: `${APPLICATIONS}/{id}`,
    summary: "Change an application",
    permission: "applications.manage",
    params: applicationIdSchema,
    body: updateApplicationSchema,
    answers: [application],
    refusals: { 404: "no such application", 409: "application.entity_id_taken" },
  },
  {
    method: "delete",
    path: `${APPLICATIONS}/{id}`,
    summary: "Delete an application with its secrets and sessions",
    permission: "applications.manage",
    params: applicationIdSchema,
    query: deletionSchema,
    answers: [applicationDeletion],
    refusals: { 404: "no such application" },
  },
  {
    method: "put",
    path: `${APPLICATIONS}/{id}/signing-certificate`,
    summary: "Choose what an application signs with: a certificate, or with null the organization's signing key",
    permission: "certificates.view",
    params: applicationIdSchema,
    body: assignCertificateSchema,
    answers: [application],
    refusals: { 404: "no such application" },
  },
  {
    method: "post",
    path: `${APPLICATIONS}/{id}/secrets`,
    summary: "Make another client secret, at most two work at a time; the answer holds it, once",
    permission: "applications.manage",
    params: applicationIdSchema,
    status: 201,
    answers: [createdClientSecret],
    refusals: { 404: "no such application", 409: "application.too_many_secrets, application.no_secrets" },
  },
  {
    method: "delete",
    path: `${APPLICATIONS}/{id}/secrets/{secretId}`,
    summary: "Delete a client secret; it stops working at once",
    permission: "applications.manage",
    params: clientSecretParamsSchema,
    answers: [clientSecret],
    refusals: { 404: "no such application or secret", 409: "application.no_secrets" },
  },
  ...CERTIFICATE_OPERATIONS,
  ...SESSION_OPERATIONS,
  {
    method: "get",
    path: TOKENS,
    summary: "Personal access tokens: one's own, or everybody's with members.manage",
    permission: null,
    query: pagingSchema,
    answers: [pageOf(token)],
  },
  {
    method: "post",
    path: TOKENS,
    summary: "Make a personal access token with at most the maker's permissions; the answer holds it, once",
    permission: null,
    body: createTokenSchema,
    status: 201,
    answers: [createdToken],
  },
  {
    method: "delete",
    path: `${TOKENS}/{id}`,
    summary: "Revoke a personal access token at once",
    permission: null,
    params: tokenIdSchema,
    answers: [token],
    refusals: { 404: "no such token" },
  },
  {
    method: "get",
    path: "/api/v1/admin/audit-events",
    summary: "The audit log, latest first",
    permission: "audit.view",
    query: listAuditEventsSchema,
    answers: [pageOf(auditEvent)],
  },
];
