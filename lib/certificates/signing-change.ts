import "server-only";
// What belongs to every change of an application's certificate: the check, the trace on the key pair, and the audit event.
import { recordAuditEvent } from "../audit/repository.ts";
import type { Actor } from "../auth/actor.ts";
import type { Transaction } from "../db/client.ts";
import { AppError } from "../errors.ts";
import { type Assignee, findSigningCertificates, raiseUnassignedAt } from "./assignment-repository.ts";
import { lastUseOf } from "./safety.ts";
import type { SigningCertificate } from "./signing-certificate.ts";

const FIELD = "signing_cert_id";

export { findSigningCertificates } from "./assignment-repository.ts";

/** An application that gets another certificate; null: the organization's signing key. */
export type SigningChange = {
  application: Pick<Assignee, "id" | "name" | "protocol">;
  from: string | null;
  to: string | null;
};

/**
 * Checks the new certificate, notes on the old one's key pair that it is not used any more, and audits; the caller writes
 * the application in the same transaction.
 * @throws request.invalid for a certificate that is missing, foreign or deleted, at the field signing_cert_id
 * @throws certificate.expired at the same field
 */
export async function recordSigningChange(
  actor: Actor,
  { application, from, to }: SigningChange,
  now: Date,
  transaction: Transaction,
): Promise<void> {
  const { organizationId } = actor;
  const ids = [from, to].filter((id) => id !== null);
  const certificates = await findSigningCertificates(organizationId, ids, transaction);
  const before = certificates.get(from ?? "") ?? null;
  const after = to === null ? null : requireAssignable(certificates.get(to), now);
  if (before !== null && before.keyPairId !== after?.keyPairId) {
    await noteUnused(organizationId, { application, certificate: before }, now, transaction);
  }
  const event = {
    action: "application.certificate_assigned",
    target: { type: "application", id: application.id, name: application.name },
    ...(after === null ? {} : { kid: after.kid }),
    before: toAuditState(from, before),
    after: toAuditState(to, after),
  } as const;
  await recordAuditEvent(transaction, actor, event, now);
}

/** Notes that an application which is about to be deleted stops using its certificate. */
export async function recordSigningEnd(
  organizationId: string,
  { application, from }: Omit<SigningChange, "to">,
  now: Date,
  transaction: Transaction,
): Promise<void> {
  if (from === null) return;
  const certificate = (await findSigningCertificates(organizationId, [from], transaction)).get(from);
  if (certificate === undefined) return;
  await noteUnused(organizationId, { application, certificate }, now, transaction);
}

async function noteUnused(
  organizationId: string,
  { application, certificate }: { application: Pick<Assignee, "protocol">; certificate: SigningCertificate },
  now: Date,
  transaction: Transaction,
): Promise<void> {
  // Only tokens outlive the moment in which they are signed.
  if (application.protocol !== "oidc") return;
  const { keyPairId } = certificate;
  await raiseUnassignedAt(organizationId, { keyPairId, at: lastUseOf(certificate, now) }, transaction);
}

function requireAssignable(certificate: SigningCertificate | undefined, now: Date): SigningCertificate {
  if (certificate === undefined) {
    const message = "There is no such certificate.";
    throw new AppError("request.invalid", message, { errors: [{ field: FIELD, code: "not_found", message }] });
  }
  if (now >= certificate.notAfter) {
    const message = `This certificate expired at ${certificate.notAfter.toISOString()}; an expired one signs nothing.`;
    throw new AppError("certificate.expired", message, { errors: [{ field: FIELD, code: "expired", message }] });
  }
  return certificate;
}

function toAuditState(id: string | null, certificate: SigningCertificate | null): Record<string, unknown> {
  return { signing_cert_id: id, certificate_name: certificate?.name ?? null, kid: certificate?.kid ?? null };
}
