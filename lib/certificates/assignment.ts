import "server-only";
// The public door of the assignments: which certificate signs for which application, and what can be chosen.
import { applicationIdSchema } from "../applications/schema.ts";
import { getApplication } from "../applications/service.ts";
import type { ApplicationView } from "../applications/view.ts";
import { type Actor, requirePermission } from "../auth/actor.ts";
import type { Transaction } from "../db/client.ts";
import { changeOrganization } from "../db/transaction.ts";
import { AppError } from "../errors.ts";
import { getCurrentKey } from "../keys/current.ts";
import {
  type Assignee,
  findAssignee,
  findAssignees,
  findSelectableCertificates,
  findSigningCertificates,
  updateAssignments,
} from "./assignment-repository.ts";
import { findRenewals } from "./repository.ts";
import {
  type SelectableCertificatesView,
  type SigningCertificate,
  toDefaultEntry,
  toSelectableEntry,
} from "./signing-certificate.ts";
import { recordSigningChange } from "./signing-change.ts";
import { successorFinder } from "./succession.ts";

const MAXIMUM_ENTRIES = 100;

/**
 * Gives an application a certificate, or with null the organization's signing key. Who may view certificates may do this
 * (J6); the next token is signed accordingly.
 * @throws auth.forbidden application.not_found
 * @throws request.invalid certificate.expired at the field signing_cert_id
 */
export async function assignCertificate(
  actor: Actor,
  { application_id, signing_cert_id: to }: { application_id: string; signing_cert_id: string | null },
  now: Date = new Date(),
): Promise<ApplicationView> {
  requirePermission(actor, "certificates.view");
  const { organizationId } = actor;
  await changeOrganization(organizationId, async (transaction) => {
    const isId = applicationIdSchema.safeParse({ id: application_id }).success;
    const application = isId ? await findAssignee(organizationId, application_id, transaction) : null;
    if (application === null) throw new AppError("application.not_found", "There is no such application.");
    const from = application.signingCertId;
    if (from === to) return;
    await recordSigningChange(actor, { application, from, to }, now, transaction);
    const change = { applicationIds: [application_id], signingCertId: to, now };
    await updateAssignments(organizationId, change, transaction);
  });
  return getApplication(actor, application_id, now);
}

/**
 * Moves every assignment of one certificate to another or, with null, to the organization's signing key, each with its
 * audit event; answers who moved. The caller holds the organization's lock and has checked its own permission.
 * @throws request.invalid certificate.expired
 */
export async function moveAssignments(
  actor: Actor,
  { from, to }: { from: string; to: string | null },
  now: Date,
  transaction: Transaction,
): Promise<Assignee[]> {
  const { organizationId } = actor;
  const assignees = await findAssignees(organizationId, from, transaction);
  if (from === to) return assignees;
  for (const application of assignees) await recordSigningChange(actor, { application, from, to }, now, transaction);
  const change = { applicationIds: assignees.map(({ id }) => id), signingCertId: to, now };
  await updateAssignments(organizationId, change, transaction);
  return assignees;
}

/**
 * What the Signing Certificate dropdown offers: the default first, then certificates by name, the expired ones last and
 * not selectable. `selected` is among them in any case.
 * @throws auth.forbidden
 */
export async function listSelectableCertificates(
  actor: Actor,
  { search = "", selected = null }: { search?: string | undefined; selected?: string | null | undefined } = {},
  now: Date = new Date(),
): Promise<SelectableCertificatesView> {
  requirePermission(actor, "certificates.view");
  const { organizationId } = actor;
  const take = MAXIMUM_ENTRIES + 1;
  const valid = await findSelectableCertificates(organizationId, { search, hasExpired: false, take }, now);
  const expired = await findSelectableCertificates(organizationId, { search, hasExpired: true, take }, now);
  const found = [...valid, ...expired];
  const shown = found.slice(0, MAXIMUM_ENTRIES);
  const isMissing = selected !== null && shown.every(({ id }) => id !== selected);
  const extra = isMissing ? await findSigningCertificates(organizationId, [selected]) : new Map();
  const offered: SigningCertificate[] = [...extra.values(), ...shown];
  const renewals = await findRenewals(
    organizationId,
    offered.map(({ keyPairId }) => keyPairId),
  );
  const successorOf = successorFinder(renewals);
  return {
    data: [
      toDefaultEntry(await getCurrentKey(organizationId)),
      ...offered.map((certificate) => toSelectableEntry(certificate, successorOf(certificate.id), now)),
    ],
    has_more: found.length > shown.length,
  };
}
