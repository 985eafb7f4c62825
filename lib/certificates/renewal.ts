import "server-only";
// Renews a self-signed certificate: the key stays, the certificate is new, and its applications move in one transaction.
import { type Actor, requirePermission } from "../auth/actor.ts";
import { createSuccessor } from "../crypto/managed-certificate.ts";
import { isSelfSignedPem } from "../crypto/uploaded-pair.ts";
import { certificateStart } from "../crypto/x509.ts";
import type { Transaction } from "../db/client.ts";
import { changeOrganization } from "../db/transaction.ts";
import { AppError } from "../errors.ts";
import { withCertificateKey } from "../keys/certificate-keys.ts";
import { moveAssignments } from "./assignment.ts";
import { type Certificate, daysAfter } from "./certificate.ts";
import { requireCertificate, toView } from "./reading.ts";
import type { RenewCertificateInput } from "./schema.ts";
import { storeCertificate, toAuditState } from "./storing.ts";
import type { CertificateRenewalView, CertificateUserView } from "./view.ts";
import { withinWorkload } from "./workload.ts";

/** What is asked of a renewal; with `dry_run` it only tells what would happen. */
export type RenewalRequest = RenewCertificateInput & { id: string; dry_run?: boolean | undefined };

/**
 * Makes a new certificate over the same key pair, with the same names, and moves every application to it; the old one stays.
 * @throws auth.forbidden certificate.not_found certificate.deleted certificate.not_self_signed request.too_many
 */
export async function renewCertificate(
  actor: Actor,
  { id, dry_run = false, ...input }: RenewalRequest,
  now: Date = new Date(),
): Promise<CertificateRenewalView> {
  requirePermission(actor, "certificates.manage");
  const previous = await requireRenewable(actor.organizationId, id);
  const validUntil = daysAfter(now, input.validity_days);
  if (dry_run) return toRenewalView(actor.organizationId, { previous, renewed: null, validUntil, moved: null }, now);
  return withinWorkload(actor, "upload", () => renew(actor, { previous, validUntil, input }, now));
}

async function renew(
  actor: Actor,
  { previous, validUntil, input }: { previous: Certificate; validUntil: Date; input: RenewCertificateInput },
  now: Date,
): Promise<CertificateRenewalView> {
  const { organizationId } = actor;
  const { id: from, keyPairId, source } = previous;
  const { facts } = await withCertificateKey(organizationId, keyPairId, (key) =>
    createSuccessor(previous.certificatePem, validUntil, key, now),
  );
  const to = crypto.randomUUID();
  const name = input.name ?? previous.name;
  const moved = await changeOrganization(organizationId, async (transaction) => {
    await requireRenewable(organizationId, from, transaction);
    const renewed = { id: to, name, source, keyPairId, facts, renewedFromId: from };
    const trace = { action: "certificate.renewed", before: { id: from, ...toAuditState(previous) } } as const;
    await storeCertificate(actor, renewed, trace, now, transaction);
    return moveAssignments(actor, { from, to }, now, transaction);
  });
  const renewed = await requireCertificate(organizationId, to);
  return toRenewalView(organizationId, { previous, renewed, validUntil, moved }, now);
}

async function requireRenewable(organizationId: string, id: string, transaction?: Transaction): Promise<Certificate> {
  const certificate = await requireCertificate(organizationId, id, transaction);
  if (certificate.deletedAt !== null) {
    throw new AppError("certificate.deleted", "This certificate is deleted and its private key destroyed.");
  }
  if (isSelfSignedPem(certificate.certificatePem)) return certificate;
  throw new AppError(
    "certificate.not_self_signed",
    "Only a self-signed certificate can be renewed here. Get a new one from its issuer and upload it with the same key.",
  );
}

async function toRenewalView(
  organizationId: string,
  renewal: {
    previous: Certificate;
    renewed: Certificate | null;
    validUntil: Date;
    moved: readonly CertificateUserView[] | null;
  },
  now: Date,
): Promise<CertificateRenewalView> {
  const { previous, renewed, validUntil, moved } = renewal;
  const previousView = await toView(organizationId, previous, now);
  const expiresAt = renewed?.notAfter ?? new Date(Math.floor(validUntil.getTime() / 1000) * 1000);
  return {
    dry_run: renewed === null,
    previous: previousView,
    renewed: renewed && (await toView(organizationId, renewed, now)),
    subject: previous.subject,
    key_algorithm: previous.algorithm,
    kid: previous.kid,
    not_before: (renewed?.notBefore ?? certificateStart(now)).toISOString(),
    expires_at: expiresAt.toISOString(),
    moved_applications: (moved ?? previousView.used_by).map(({ id, name, protocol }) => ({ id, name, protocol })),
  };
}
