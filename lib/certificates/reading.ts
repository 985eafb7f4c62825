import "server-only";
// Reads certificates for people and programs: one, a page of them, a file, and how many end soon.
import { type Actor, requirePermission } from "../auth/actor.ts";
import type { ChainCertificateFacts } from "../crypto/certificate-facts.ts";
import { isSelfSignedPem, readStoredChain, toCertificateDer } from "../crypto/uploaded-pair.ts";
import type { Transaction } from "../db/client.ts";
import { AppError } from "../errors.ts";
import { type Page, toPage } from "../paging.ts";
import { summarizeSessionsOfKeyPair } from "../sessions/service.ts";
import { type Certificate, expiringUntil } from "./certificate.ts";
import { certificateCursorKey, readPosition, toOrder } from "./list-order.ts";
import {
  countEnding,
  findCertificate,
  findManyCertificates,
  findRenewals,
  findUnusedRenewed,
  findUsersOfCertificates,
} from "./repository.ts";
import { certificateIdSchema, type FileFormat, type ListCertificatesInput } from "./schema.ts";
import { isReplaced, successorFinder } from "./succession.ts";
import {
  type CertificateSummaryView,
  type CertificateView,
  type ChainCertificateView,
  toCertificateSummaryView,
  toCertificateView,
} from "./view.ts";

/** A certificate as a file. */
export type CertificateFile = { fileName: string; mediaType: string; content: string | Buffer };

const LONGEST_FILE_NAME = 60;

/**
 * One page of the certificates, in the wanted order.
 * @throws auth.forbidden request.invalid
 */
export async function listCertificates(
  actor: Actor,
  { limit, cursor, sort, ...filter }: ListCertificatesInput,
  now: Date = new Date(),
): Promise<Page<CertificateSummaryView>> {
  requirePermission(actor, "certificates.view");
  const { organizationId } = actor;
  const order = toOrder(sort);
  const after = readPosition(cursor, sort);
  const rows = await findManyCertificates(organizationId, { filter, order, after, take: limit + 1 });
  const users = await findUsersOfCertificates(
    organizationId,
    rows.map(({ id }) => id),
  );
  const renewals = await findRenewals(
    organizationId,
    rows.map(({ keyPairId }) => keyPairId),
  );
  const successorOf = successorFinder(renewals);
  return toPage(rows, {
    limit,
    keyOf: (row) => certificateCursorKey(row, sort),
    toItem: (row) =>
      toCertificateSummaryView(row, { usedBy: users.get(row.id) ?? [], successor: successorOf(row.id) }, now),
  });
}

/** One certificate, live or deleted. @throws auth.forbidden certificate.not_found */
export async function getCertificate(actor: Actor, id: string, now: Date = new Date()): Promise<CertificateView> {
  requirePermission(actor, "certificates.view");
  return toView(actor.organizationId, await requireCertificate(actor.organizationId, id), now);
}

/** A certificate as a file: the leaf as PEM or DER, or leaf and chain as PEM. @throws auth.forbidden certificate.not_found */
export async function getCertificateFile(
  actor: Actor,
  { id, format }: { id: string; format: FileFormat },
): Promise<CertificateFile> {
  requirePermission(actor, "certificates.view");
  const { name, certificatePem, chainPem } = await requireCertificate(actor.organizationId, id);
  const stem = toFileStem(name);
  switch (format) {
    case "pem":
      return { fileName: `${stem}.pem`, mediaType: "application/x-pem-file", content: certificatePem };
    case "chain":
      return { fileName: `${stem}-chain.pem`, mediaType: "application/x-pem-file", content: certificatePem + chainPem };
    case "der":
      return { fileName: `${stem}.cer`, mediaType: "application/pkix-cert", content: toCertificateDer(certificatePem) };
  }
}

/** How many live certificates that are not replaced end within 30 days, and how many have ended. @throws auth.forbidden */
export async function countExpiring(
  actor: Actor,
  now: Date = new Date(),
): Promise<{ expiring: number; expired: number }> {
  requirePermission(actor, "certificates.view");
  const { organizationId } = actor;
  const until = expiringUntil(now);
  const counted = await countEnding(organizationId, { now, until });
  const questioned = await findUnusedRenewed(organizationId, until);
  const renewals = await findRenewals(
    organizationId,
    questioned.map(({ keyPairId }) => keyPairId),
  );
  const successorOf = successorFinder(renewals);
  const ending = questioned.filter(({ id }) => !isReplaced({ isUsed: false, successor: successorOf(id) }));
  const expired = ending.filter(({ notAfter }) => notAfter <= now).length;
  return { expiring: counted.expiring + ending.length - expired, expired: counted.expired + expired };
}

/** The certificate with this id. @throws certificate.not_found for a missing or foreign one */
export async function requireCertificate(
  organizationId: string,
  id: string,
  transaction?: Transaction,
): Promise<Certificate> {
  const isId = certificateIdSchema.safeParse({ id }).success;
  const certificate = isId ? await findCertificate(organizationId, id, transaction) : null;
  if (certificate === null) throw new AppError("certificate.not_found", "There is no such certificate.");
  return certificate;
}

/** A certificate with who uses it, what still depends on its key, and the chain above it. */
export async function toView(organizationId: string, certificate: Certificate, now: Date): Promise<CertificateView> {
  const users = await findUsersOfCertificates(organizationId, [certificate.id]);
  const renewals = await findRenewals(organizationId, [certificate.keyPairId]);
  const facts = {
    usedBy: users.get(certificate.id) ?? [],
    successor: successorFinder(renewals)(certificate.id),
    sessions: await summarizeSessionsOfKeyPair(organizationId, certificate.keyPairId, now),
    chain: toChainViews(readStoredChain(certificate.chainPem)),
    canRenew: certificate.deletedAt === null && isSelfSignedPem(certificate.certificatePem),
  };
  return toCertificateView(certificate, facts, now);
}

/** The certificates above a leaf. */
export function toChainViews(chain: readonly ChainCertificateFacts[]): ChainCertificateView[] {
  return chain.map(({ subject, issuer, notAfter, fingerprintSha256 }) => ({
    subject,
    issuer,
    expires_at: notAfter.toISOString(),
    fingerprint_sha256: fingerprintSha256,
  }));
}

/** Letters, digits and dashes of a name, which every file system takes. */
function toFileStem(name: string): string {
  const words = name.normalize("NFKD").match(/[A-Za-z0-9]+/g) ?? [];
  return words.join("-").slice(0, LONGEST_FILE_NAME) || "certificate";
}
