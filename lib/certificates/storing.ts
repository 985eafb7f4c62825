import "server-only";
// Stores a certificate that was made or uploaded, with its key pair and its audit event, in the caller's transaction.
import { recordAuditEvent } from "../audit/repository.ts";
import type { Actor } from "../auth/actor.ts";
import type { CertificateFacts } from "../crypto/certificate-facts.ts";
import type { Transaction } from "../db/client.ts";
import { AppError } from "../errors.ts";
import type { CertificateSource } from "./certificate.ts";
import { findLiveByFingerprint, insertCertificate } from "./repository.ts";

/** A certificate over a key pair that is stored. */
export type StorableCertificate = {
  id: string;
  name: string;
  source: CertificateSource;
  keyPairId: string;
  facts: CertificateFacts;
  renewedFromId: string | null;
};

type StoredAction = "certificate.generated" | "certificate.uploaded" | "certificate.renewed";

/**
 * Adds the certificate and its audit event.
 * @throws certificate.duplicate when the organization has it already
 */
export async function storeCertificate(
  actor: Actor,
  certificate: StorableCertificate,
  { action, before }: { action: StoredAction; before?: Record<string, unknown> },
  now: Date,
  transaction: Transaction,
): Promise<void> {
  const { facts, ...identity } = certificate;
  const { kid, signingAlgorithm: _algorithm, ...columns } = facts;
  await refuseDuplicate(actor.organizationId, facts.fingerprintSha256, transaction);
  const row = { ...columns, ...identity, createdAt: now, createdBy: actor.name };
  await insertCertificate(actor.organizationId, row, transaction);
  await recordAuditEvent(
    transaction,
    actor,
    {
      action,
      target: { type: "certificate", id: certificate.id, name: certificate.name },
      kid,
      ...(before ? { before } : {}),
      after: toAuditState(facts),
    },
    now,
  );
}

/** @throws certificate.duplicate when the organization has a live certificate with this fingerprint */
export async function refuseDuplicate(
  organizationId: string,
  fingerprintSha256: string,
  transaction?: Transaction,
): Promise<void> {
  const twin = await findLiveByFingerprint(organizationId, fingerprintSha256, transaction);
  if (twin === null) return;
  const message = `This certificate is here already, under the name ${JSON.stringify(twin.name)}.`;
  throw new AppError("certificate.duplicate", message, {
    details: { certificate_id: twin.id },
    errors: [{ field: "certificate_pem", code: "certificate.duplicate", message }],
  });
}

/** The part of a certificate that its audit events keep. */
export function toAuditState(
  facts: Pick<CertificateFacts, "subject" | "issuer" | "serial" | "algorithm" | "notAfter" | "fingerprintSha256">,
): Record<string, unknown> {
  const { subject, issuer, serial, algorithm, notAfter, fingerprintSha256 } = facts;
  return {
    subject,
    issuer,
    serial,
    key_algorithm: algorithm,
    expires_at: notAfter.toISOString(),
    fingerprint_sha256: fingerprintSha256,
  };
}
