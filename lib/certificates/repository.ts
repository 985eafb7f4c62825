import "server-only";
// Managed certificates in storage; every function touches one organization only, and private halves are not here.
import type { SigningAlgorithm } from "../crypto/algorithms.ts";
import { database, joinSql, rawSql, sql, type Transaction } from "../db/client.ts";
import { insertRow, readRows } from "../db/statements.ts";
import type { Certificate, CertificateSource, CertificateSummary } from "./certificate.ts";
import { beyond, type CertificateOrder, type CertificatePosition, toSortName } from "./list-order.ts";
import { type CertificateFilter, stringListSchema, warningListSchema } from "./schema.ts";
import type { Renewal } from "./succession.ts";

/** An application that uses a certificate. */
export type CertificateUser = { id: string; name: string; protocol: "oidc" | "saml" };

/** A certificate that is about to be stored. */
export type NewCertificate = Omit<
  Certificate,
  "organizationId" | "kid" | "signingAlgorithm" | "deletedAt" | "signedUntil"
>;

const SUMMARY_COLUMNS = {
  id: true,
  organizationId: true,
  name: true,
  source: true,
  keyPairId: true,
  algorithm: true,
  commonName: true,
  subject: true,
  issuer: true,
  serial: true,
  notBefore: true,
  notAfter: true,
  fingerprintSha256: true,
  fingerprintSha1: true,
  subjectAltNames: true,
  keyUsage: true,
  warnings: true,
  createdAt: true,
  createdBy: true,
  deletedAt: true,
  renewedFromId: true,
  keyPair: { select: { kid: true, algorithm: true, signedUntil: true } },
} as const;
/** Those and the certificates themselves, of a table `c`. */
const ALL_COLUMNS = joinSql(
  [...Object.keys(SUMMARY_COLUMNS), "certificatePem", "chainPem"].flatMap((name) =>
    name === "keyPair" ? [] : [rawSql(`c."${name}"`)],
  ),
);

type Row = NonNullable<Awaited<ReturnType<Transaction["certificate"]["findFirst"]>>>;
type SummaryRow = Pick<Row, Exclude<keyof typeof SUMMARY_COLUMNS, "keyPair">> & {
  keyPair: { kid: string; algorithm: string; signedUntil: Date | null };
};
type JoinedRow = Omit<SummaryRow, "keyPair"> &
  Pick<Row, "certificatePem" | "chainPem"> & { kid: string; signingAlgorithm: string; signedUntil: Date | null };

/** One certificate, live or deleted, or null for a missing or foreign id. */
export async function findCertificate(
  organizationId: string,
  id: string,
  transaction?: Transaction,
): Promise<Certificate | null> {
  const statement = sql`
    SELECT ${ALL_COLUMNS}, k."kid", k."algorithm" AS "signingAlgorithm", k."signedUntil"
    FROM "Certificate" c
    JOIN "KeyPair" k ON k."id" = c."keyPairId"
    WHERE c."id" = ${id} AND c."organizationId" = ${organizationId}`;
  const [row] = await readRows<JoinedRow>(statement, transaction);
  if (row === undefined) return null;
  const { kid, signingAlgorithm, signedUntil, certificatePem, chainPem, ...columns } = row;
  const keyPair = { kid, algorithm: signingAlgorithm, signedUntil };
  return { ...toSummary({ ...columns, keyPair }), certificatePem, chainPem };
}

/** Certificates in the wanted order, from a place in it on. */
export async function findManyCertificates(
  organizationId: string,
  list: { filter: CertificateFilter; order: CertificateOrder; after: CertificatePosition | null; take: number },
  transaction: Transaction = database(),
): Promise<CertificateSummary[]> {
  const { filter, order, after, take } = list;
  const rows = await transaction.certificate.findMany({
    where: {
      organizationId,
      deletedAt: filter.state === "deleted" ? { not: null } : null,
      ...(filter.source ? { source: filter.source } : {}),
      ...(filter.search ? { searchText: { contains: toSearchTerm(filter.search) } } : {}),
      ...(after ? { AND: [beyond(order, after)] } : {}),
    },
    select: SUMMARY_COLUMNS,
    orderBy: order.map(({ column, direction }) => ({ [column]: direction })),
    take,
  });
  return rows.map(toSummary);
}

/** The applications that use some certificates, by name. */
export async function findUsersOfCertificates(
  organizationId: string,
  certificateIds: string[],
  transaction?: Transaction,
): Promise<Map<string, CertificateUser[]>> {
  const users = new Map<string, CertificateUser[]>();
  if (certificateIds.length === 0) return users;
  const statement = sql`
    SELECT "id", "name", "protocol", "signingCertId" FROM "Application"
    WHERE "organizationId" = ${organizationId} AND "signingCertId" IN (${joinSql(certificateIds)})
    ORDER BY "sortName", "id"`;
  const rows = await readRows<CertificateUser & { signingCertId: string }>(statement, transaction);
  for (const { signingCertId, ...user } of rows) users.set(signingCertId, [...(users.get(signingCertId) ?? []), user]);
  return users;
}

/** Every renewal, live or deleted, among the certificates of some key pairs. */
export async function findRenewals(
  organizationId: string,
  keyPairIds: string[],
  transaction?: Transaction,
): Promise<Renewal[]> {
  if (keyPairIds.length === 0) return [];
  const statement = sql`
    SELECT "id", "name", "renewedFromId", "notAfter", "createdAt", "deletedAt" FROM "Certificate"
    WHERE "organizationId" = ${organizationId} AND "keyPairId" IN (${joinSql([...new Set(keyPairIds)])})
      AND "renewedFromId" IS NOT NULL`;
  return readRows<Renewal>(statement, transaction);
}

/** The live certificate with this fingerprint, or null. */
export async function findLiveByFingerprint(
  organizationId: string,
  fingerprintSha256: string,
  transaction?: Transaction,
): Promise<{ id: string; name: string } | null> {
  const statement = sql`
    SELECT "id", "name" FROM "Certificate"
    WHERE "organizationId" = ${organizationId} AND "fingerprintSha256" = ${fingerprintSha256} AND "deletedAt" IS NULL`;
  const [row] = await readRows<{ id: string; name: string }>(statement, transaction);
  return row ?? null;
}

/** How many live certificates that an application uses, or that nobody renewed, end within a span, and how many have ended. */
export async function countEnding(
  organizationId: string,
  { now, until }: { now: Date; until: Date },
  transaction: Transaction = database(),
): Promise<{ expiring: number; expired: number }> {
  const where = { organizationId, deletedAt: null, OR: [{ applications: { some: {} } }, { renewals: { none: {} } }] };
  const [expiring, expired] = [
    await transaction.certificate.count({ where: { ...where, notAfter: { gt: now, lte: until } } }),
    await transaction.certificate.count({ where: { ...where, notAfter: { lte: now } } }),
  ];
  return { expiring, expired };
}

/** The other live certificates that end by a moment: renewed ones that nobody uses. Whether they are replaced, succession.ts decides. */
export async function findUnusedRenewed(
  organizationId: string,
  until: Date,
  transaction: Transaction = database(),
): Promise<{ id: string; keyPairId: string; notAfter: Date }[]> {
  return transaction.certificate.findMany({
    where: {
      organizationId,
      deletedAt: null,
      notAfter: { lte: until },
      applications: { none: {} },
      renewals: { some: {} },
    },
    select: { id: true, keyPairId: true, notAfter: true },
  });
}

/** Adds a certificate over a key pair that is stored. */
export async function insertCertificate(
  organizationId: string,
  certificate: NewCertificate,
  transaction: Transaction,
): Promise<void> {
  const { subjectAltNames, keyUsage, warnings, ...columns } = certificate;
  const row = {
    ...columns,
    organizationId,
    sortName: toSortName(certificate.name),
    searchText: toSearchText(certificate),
    subjectAltNames: JSON.stringify(subjectAltNames),
    keyUsage: JSON.stringify(keyUsage),
    warnings: JSON.stringify(warnings),
  };
  await insertRow("Certificate", row, transaction);
}

/** Fingerprints and serials are typed with and without colons. */
function toSearchTerm(search: string): string {
  const term = search.toLowerCase();
  return /^[0-9a-f]{2}(:[0-9a-f]{2})+$/.test(term) ? term.replaceAll(":", "") : term;
}

function toSearchText(certificate: NewCertificate): string {
  const { name, commonName, subjectAltNames, serial, fingerprintSha256, fingerprintSha1 } = certificate;
  const fingerprints = [fingerprintSha256, fingerprintSha1].map((fingerprint) => fingerprint.replaceAll(":", ""));
  return [name, commonName, ...subjectAltNames, serial, ...fingerprints].join("\n").toLowerCase();
}

function toSummary(row: SummaryRow): CertificateSummary {
  const { keyPair, source, subjectAltNames, keyUsage, warnings, ...columns } = row;
  return {
    ...columns,
    source: source as CertificateSource,
    kid: keyPair.kid,
    signingAlgorithm: keyPair.algorithm as SigningAlgorithm,
    signedUntil: keyPair.signedUntil,
    subjectAltNames: stringListSchema.parse(JSON.parse(subjectAltNames)),
    keyUsage: stringListSchema.parse(JSON.parse(keyUsage)),
    warnings: warningListSchema.parse(JSON.parse(warnings)),
  };
}
