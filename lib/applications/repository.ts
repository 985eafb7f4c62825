import "server-only";
// Applications and their secrets in storage; every function touches one organization only.
import { database, sql, type Transaction } from "../db/client.ts";
import { readRows } from "../db/statements.ts";
import type { CursorKey } from "../paging.ts";
import type { Application, ClientSecret, OidcApplication, OidcClient } from "./application.ts";
import { REFRESH_TOKEN_EXPIRY_SECONDS, TOKEN_EXPIRY_SECONDS } from "./expiry.ts";
import { type ApplicationFilter, grantTypeListSchema, stringListSchema } from "./schema.ts";

type Row = NonNullable<Awaited<ReturnType<Transaction["application"]["findFirst"]>>>;

/** The columns of an OIDC client, as they are for what is none. */
const NO_CLIENT = {
  clientId: null,
  grantTypes: null,
  scopes: null,
  redirectUris: null,
  postLogoutRedirectUris: null,
  isConfidential: true,
  isConsentRequired: false,
  tokenExpirySecs: null,
  idTokenExpirySecs: null,
  refreshTokenExpirySecs: null,
} as const;
type ClientColumns = Pick<Row, keyof typeof NO_CLIENT>;

/** One application, or null for a missing or foreign id. */
export async function findApplication(
  organizationId: string,
  id: string,
  transaction: Transaction = database(),
): Promise<Application | null> {
  const row = await transaction.application.findFirst({ where: { id, organizationId } });
  return row && toApplication(row);
}

/** Applications by name, from a cursor on. */
export async function findManyApplications(
  organizationId: string,
  { filter, after, take }: { filter: ApplicationFilter; after: CursorKey | null; take: number },
  transaction: Transaction = database(),
): Promise<Application[]> {
  const rows = await transaction.application.findMany({
    where: {
      organizationId,
      ...(filter.protocol ? { protocol: filter.protocol } : {}),
      ...(filter.search ? { sortName: { contains: toSortName(filter.search) } } : {}),
      ...(after ? { OR: [{ sortName: { gt: after.value } }, { sortName: after.value, id: { gt: after.id } }] } : {}),
    },
    orderBy: [{ sortName: "asc" }, { id: "asc" }],
    take,
  });
  return rows.map(toApplication);
}

/** How many applications there are. */
export async function countApplicationRows(organizationId: string): Promise<number> {
  const statement = sql`SELECT COUNT(*) AS "count" FROM "Application" WHERE "organizationId" = ${organizationId}`;
  const [row] = await readRows<{ count: bigint | number }>(statement);
  return Number(row?.count ?? 0);
}

/** Where an application stands in {@link findManyApplications}. */
export function applicationCursorKey(application: Application): CursorKey {
  return { value: toSortName(application.name), id: application.id };
}

/** True when another application of the organization already has this entity ID. */
export async function isEntityIdTaken(
  organizationId: string,
  { entityId, exceptId }: { entityId: string; exceptId: string },
  transaction: Transaction = database(),
): Promise<boolean> {
  const where = { organizationId, entityId, id: { not: exceptId } };
  return (await transaction.application.count({ where })) > 0;
}

/** Adds an application. */
export async function insertApplication(
  organizationId: string,
  application: Application,
  transaction: Transaction,
): Promise<void> {
  await transaction.application.create({ data: { ...toColumns(application), organizationId } });
}

/** Stores an application as it is now. */
export async function updateApplicationRow(
  organizationId: string,
  application: Application,
  transaction: Transaction,
): Promise<void> {
  const { id, ...columns } = toColumns(application);
  await transaction.application.updateMany({ where: { id, organizationId }, data: columns });
}

/** Removes an application with its secrets and sessions. */
export async function removeApplication(organizationId: string, id: string, transaction: Transaction): Promise<void> {
  await transaction.application.deleteMany({ where: { id, organizationId } });
}

/** Adds a client secret. */
export async function insertClientSecret(
  organizationId: string,
  { applicationId, secret }: { applicationId: string; secret: ClientSecret },
  transaction: Transaction,
): Promise<void> {
  await transaction.clientSecret.create({ data: { ...secret, organizationId, applicationId } });
}

/** Removes one client secret. */
export async function removeClientSecret(
  organizationId: string,
  { applicationId, id }: { applicationId: string; id: string },
  transaction: Transaction,
): Promise<void> {
  await transaction.clientSecret.deleteMany({ where: { id, applicationId, organizationId } });
}

/** Removes every secret of an application. */
export async function removeClientSecrets(
  organizationId: string,
  applicationId: string,
  transaction: Transaction,
): Promise<void> {
  await transaction.clientSecret.deleteMany({ where: { applicationId, organizationId } });
}

/** The secrets of some applications, oldest first. */
export async function findSecrets(
  organizationId: string,
  applicationIds: string[],
  transaction: Transaction = database(),
): Promise<Map<string, ClientSecret[]>> {
  const rows = await transaction.clientSecret.findMany({
    where: { organizationId, applicationId: { in: applicationIds } },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  const byApplication = new Map<string, ClientSecret[]>();
  for (const { applicationId, id, hash, hint, createdAt } of rows) {
    byApplication.set(applicationId, [...(byApplication.get(applicationId) ?? []), { id, hash, hint, createdAt }]);
  }
  return byApplication;
}

/** Every OIDC client of the organization with the hashes of its secrets. */
export async function findClients(
  organizationId: string,
  transaction: Transaction = database(),
): Promise<OidcClient[]> {
  const rows = await transaction.application.findMany({
    where: { organizationId, protocol: "oidc" },
    include: {
      secrets: { where: { organizationId }, select: { hash: true } },
      signingCertificate: { select: { keyPairId: true, notBefore: true, notAfter: true } },
    },
  });
  return rows.flatMap((row) => {
    const application = toApplication(row);
    if (application.protocol !== "oidc") return [];
    const secretHashes = row.secrets.map((secret) => secret.hash);
    return [{ ...application, secretHashes, certificate: row.signingCertificate }];
  });
}

/** The OIDC client with this client id, or null. */
export async function findClient(
  organizationId: string,
  clientId: string,
  transaction: Transaction = database(),
): Promise<OidcApplication | null> {
  const row = await transaction.application.findFirst({ where: { organizationId, clientId, protocol: "oidc" } });
  const application = row && toApplication(row);
  return application?.protocol === "oidc" ? application : null;
}

/** The longest life of an access token in seconds; 0 without an OIDC application. */
export async function findMaxTokenExpiry(organizationId: string, transaction?: Transaction): Promise<number> {
  const statement = sql`
    SELECT MAX("tokenExpirySecs") AS "longest" FROM "Application"
    WHERE "organizationId" = ${organizationId} AND "protocol" = 'oidc'`;
  const [row] = await readRows<{ longest: bigint | number | null }>(statement, transaction);
  return Number(row?.longest ?? 0);
}

/** The SAML applications without a certificate that is valid now, by name. */
export async function findSamlApplicationsWithoutCertificate(
  organizationId: string,
  now: Date,
  transaction?: Transaction,
): Promise<{ id: string; name: string; entityId: string }[]> {
  const statement = sql`
    SELECT a."id", a."name", a."entityId"
    FROM "Application" a
    LEFT JOIN "Certificate" c ON c."id" = a."signingCertId"
    WHERE a."organizationId" = ${organizationId} AND a."protocol" = 'saml'
      AND (a."signingCertId" IS NULL OR c."notBefore" > ${now} OR c."notAfter" <= ${now})
    ORDER BY a."sortName", a."id"`;
  const rows = await readRows<{ id: string; name: string; entityId: string | null }>(statement, transaction);
  return rows.map((row) => ({ ...row, entityId: row.entityId ?? "" }));
}

function toSortName(name: string): string {
  return name.toLowerCase();
}

function toColumns(application: Application): Omit<Row, "organizationId"> {
  const { id, protocol, name, createdAt, updatedAt, signingCertId } = application;
  const base = { id, protocol, name, sortName: toSortName(name), createdAt, updatedAt, signingCertId };
  if (application.protocol === "oidc") {
    return { ...base, ...toClientColumns(application), entityId: null, acsUrls: null, nameIdFormat: null };
  }
  const { entityId, acsUrls, nameIdFormat } = application;
  return { ...base, ...NO_CLIENT, entityId, acsUrls: JSON.stringify(acsUrls), nameIdFormat };
}

function toClientColumns(client: OidcApplication): ClientColumns {
  const { clientId, isConfidential, isConsentRequired } = client;
  const { tokenExpirySecs, idTokenExpirySecs, refreshTokenExpirySecs } = client;
  return {
    clientId,
    isConfidential,
    isConsentRequired,
    tokenExpirySecs,
    idTokenExpirySecs,
    refreshTokenExpirySecs,
    grantTypes: JSON.stringify(client.grantTypes),
    scopes: JSON.stringify(client.scopes),
    redirectUris: JSON.stringify(client.redirectUris),
    postLogoutRedirectUris: JSON.stringify(client.postLogoutRedirectUris),
  };
}

function toApplication(row: Row): Application {
  const { id, organizationId, name, createdAt, updatedAt, signingCertId } = row;
  const base = { id, organizationId, name, createdAt, updatedAt, signingCertId };
  if (row.protocol === "oidc") {
    return {
      ...base,
      protocol: "oidc",
      clientId: row.clientId ?? "",
      grantTypes: grantTypeListSchema.parse(JSON.parse(row.grantTypes ?? "[]")),
      scopes: readList(row.scopes),
      redirectUris: readList(row.redirectUris),
      postLogoutRedirectUris: readList(row.postLogoutRedirectUris),
      isConfidential: row.isConfidential,
      isConsentRequired: row.isConsentRequired,
      tokenExpirySecs: row.tokenExpirySecs ?? 0,
      idTokenExpirySecs: row.idTokenExpirySecs ?? TOKEN_EXPIRY_SECONDS.default,
      refreshTokenExpirySecs: row.refreshTokenExpirySecs ?? REFRESH_TOKEN_EXPIRY_SECONDS.default,
    };
  }
  const acsUrls = readList(row.acsUrls);
  return { ...base, protocol: "saml", entityId: row.entityId ?? "", acsUrls, nameIdFormat: row.nameIdFormat };
}

function readList(column: string | null): string[] {
  return stringListSchema.parse(JSON.parse(column ?? "[]"));
}
