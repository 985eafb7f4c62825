import "server-only";
// Which application signs with which certificate, in storage; every function touches one organization only.
import type { SigningAlgorithm } from "../crypto/algorithms.ts";
import { database, type Transaction } from "../db/client.ts";
import type { SigningCertificate } from "./signing-certificate.ts";

/** An application as far as its certificate is concerned. */
export type Assignee = { id: string; name: string; protocol: "oidc" | "saml"; signingCertId: string | null };

const CERTIFICATE_COLUMNS = {
  id: true,
  name: true,
  keyPairId: true,
  notBefore: true,
  notAfter: true,
  keyPair: { select: { kid: true, algorithm: true } },
} as const;
const ASSIGNEE_COLUMNS = { id: true, name: true, protocol: true, signingCertId: true } as const;
const BY_NAME = [{ sortName: "asc" }, { id: "asc" }] as const;
const BY_NAME_THEN_LATEST = [{ sortName: "asc" }, { createdAt: "desc" }, { id: "asc" }] as const;

/** The live certificates with these ids. */
export async function findSigningCertificates(
  organizationId: string,
  ids: string[],
  transaction: Transaction = database(),
): Promise<Map<string, SigningCertificate>> {
  const rows = await transaction.certificate.findMany({
    where: { organizationId, id: { in: ids }, deletedAt: null },
    select: CERTIFICATE_COLUMNS,
  });
  return new Map(rows.map((row) => [row.id, toSigningCertificate(row)]));
}

/**
 * Live certificates by name and, where names are the same, the one made last first: those that have not expired or
 * those that have; `search` is a part of what a list searches.
 */
export async function findSelectableCertificates(
  organizationId: string,
  { search, hasExpired, take }: { search: string; hasExpired: boolean; take: number },
  now: Date,
): Promise<SigningCertificate[]> {
  const rows = await database().certificate.findMany({
    where: {
      organizationId,
      deletedAt: null,
      notAfter: hasExpired ? { lte: now } : { gt: now },
      ...(search === "" ? {} : { searchText: { contains: search.toLowerCase() } }),
    },
    select: CERTIFICATE_COLUMNS,
    orderBy: [...BY_NAME_THEN_LATEST],
    take,
  });
  return rows.map(toSigningCertificate);
}

/** One application, or null for a missing or foreign id. */
export async function findAssignee(
  organizationId: string,
  id: string,
  transaction: Transaction,
): Promise<Assignee | null> {
  const row = await transaction.application.findFirst({ where: { id, organizationId }, select: ASSIGNEE_COLUMNS });
  return row && toAssignee(row);
}

/** The applications that a certificate is assigned to, by name. */
export async function findAssignees(
  organizationId: string,
  certificateId: string,
  transaction: Transaction = database(),
): Promise<Assignee[]> {
  const rows = await transaction.application.findMany({
    where: { organizationId, signingCertId: certificateId },
    select: ASSIGNEE_COLUMNS,
    orderBy: [...BY_NAME],
  });
  return rows.map(toAssignee);
}

/** Gives applications a certificate, or with null the organization's signing key. */
export async function updateAssignments(
  organizationId: string,
  change: { applicationIds: string[]; signingCertId: string | null; now: Date },
  transaction: Transaction,
): Promise<void> {
  await transaction.application.updateMany({
    where: { organizationId, id: { in: change.applicationIds } },
    data: { signingCertId: change.signingCertId, updatedAt: change.now },
  });
}

/** Stores that an application stopped using a key pair; the latest such moment counts. */
export async function raiseUnassignedAt(
  organizationId: string,
  { keyPairId, at }: { keyPairId: string; at: Date },
  transaction: Transaction,
): Promise<void> {
  await transaction.keyPair.updateMany({
    where: { id: keyPairId, organizationId, OR: [{ unassignedAt: null }, { unassignedAt: { lt: at } }] },
    data: { unassignedAt: at },
  });
}

/** True when another live certificate has the same key pair. */
export async function hasLiveTwin(
  organizationId: string,
  { id, keyPairId }: { id: string; keyPairId: string },
  transaction: Transaction = database(),
): Promise<boolean> {
  const where = { organizationId, keyPairId, id: { not: id }, deletedAt: null };
  return (await transaction.certificate.count({ where })) > 0;
}

/** Makes a certificate history. */
export async function markDeleted(
  organizationId: string,
  { id, at }: { id: string; at: Date },
  transaction: Transaction,
): Promise<void> {
  await transaction.certificate.updateMany({ where: { id, organizationId, deletedAt: null }, data: { deletedAt: at } });
}

function toSigningCertificate({
  keyPair,
  ...row
}: Omit<SigningCertificate, "kid" | "algorithm"> & {
  keyPair: { kid: string; algorithm: string };
}): SigningCertificate {
  return { ...row, kid: keyPair.kid, algorithm: keyPair.algorithm as SigningAlgorithm };
}

function toAssignee(row: Omit<Assignee, "protocol"> & { protocol: string }): Assignee {
  return { ...row, protocol: row.protocol as Assignee["protocol"] };
}
