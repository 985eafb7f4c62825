// A database as the very first version left it, with a row of everything, for tests of upgrades.
import { PrismaLibSql } from "@prisma/adapter-libsql";
import { PrismaPg } from "@prisma/adapter-pg";
import { readMigrations, startSchemaEngine } from "#lib/db/migrate.ts";

type Target = { provider: "sqlite" | "postgresql"; url: string };
type Value = string | number | null;

const AT = "2026-11-22T07:00:00.000+00:00";
const organizationId = "acme-corp";
const pair = { organizationId, algorithm: "RS256", rsaBits: 2048, publicJwk: "{}", signedUntil: AT, createdAt: AT };
const slot = { organizationId, publishedAt: AT, certificatePem: "-----BEGIN CERTIFICATE-----" };
const application = { organizationId, createdAt: AT, updatedAt: AT };
const event = {
  organizationId,
  at: AT,
  outcome: "success",
  actorType: "user",
  actorId: "u",
  actorName: "u@acme.example",
};

/** The rows by table, in an order that foreign keys take. */
export const FIRST_ROWS: readonly [table: string, row: Record<string, Value>][] = [
  ["Organization", { id: organizationId, name: "Acme", version: 7, jwksFetchedUntil: AT, createdAt: AT }],
  ["User", { id: "u", email: "u@acme.example", name: "Ü", passwordHash: "$scrypt$", createdAt: AT, disabledAt: null }],
  ["Membership", { organizationId, userId: "u", role: "owner", createdAt: AT }],
  [
    "PortalSession",
    { id: "hash", userId: "u", createdAt: AT, lastSeenAt: AT, expiresAt: AT, address: "::1", userAgent: "a browser" },
  ],
  ["RateLimiterFlexible", { key: "sign-in:u", points: 3, expire: AT }],
  ["MasterKey", { id: "m", probe: "sealed", createdAt: AT }],
  ["KeyPair", { id: "p1", kid: "kid-1", sealedPrivateKey: "sealed-1", ...pair }],
  ["KeyPair", { id: "p2", kid: "kid-2", sealedPrivateKey: "sealed-2", ...pair }],
  ["KeyPair", { id: "p3", kid: "kid-3", sealedPrivateKey: null, ...pair }],
  ["SigningKey", { id: "k1", keyPairId: "p1", state: "current", activatedAt: AT, ...slot }],
  ["SigningKey", { id: "k2", keyPairId: "p2", state: "next", fetchedBeforeAt: AT, ...slot }],
  ["SigningKey", { id: "k3", keyPairId: "p3", state: "dropped", rotatedAt: AT, droppedAt: AT, ...slot }],
  [
    "Application",
    {
      ...{ id: "a1", protocol: "oidc", name: "Billing", sortName: "billing", clientId: "client-1" },
      ...{ grantTypes: '["client_credentials"]', scopes: '["read"]', tokenExpirySecs: 600, ...application },
    },
  ],
  [
    "Application",
    {
      ...{ id: "a2", protocol: "saml", name: "Jira", sortName: "jira", entityId: "https://jira.example" },
      ...{ acsUrls: "[]", nameIdFormat: "persistent", ...application },
    },
  ],
  ["ClientSecret", { id: "s", organizationId, applicationId: "a1", hash: "hash", hint: "ab…", createdAt: AT }],
  [
    "Session",
    {
      ...{ id: "g", organizationId, applicationId: "a1", keyPairId: "p1", subject: "client-1" },
      ...{ startedAt: AT, lastUsedAt: AT, expiresAt: AT },
    },
  ],
  [
    "ApiToken",
    {
      ...{ id: "t", organizationId, userId: "u", name: "CI", permissions: "[]", kid: "kid-1" },
      ...{ createdAt: AT, expiresAt: AT },
    },
  ],
  [
    "AuditEvent",
    {
      id: "e1",
      sequence: 1,
      action: "key.created",
      targetType: "key",
      targetId: "kid-1",
      targetName: "kid-1",
      ...event,
    },
  ],
  [
    "AuditEvent",
    {
      ...{ id: "e2", sequence: 2, action: "key.rotated", targetType: "key", targetId: "kid-2", targetName: "kid-2" },
      ...{ kid: "kid-2", reason: "quarter's end", before: "{}", after: '{"kid":"kid-2"}', address: "::1", ...event },
    },
  ],
];

/** The statements that write {@link FIRST_ROWS}. */
export function firstInserts(): string[] {
  const quote = (value: Value): string =>
    typeof value === "string" ? `'${value.replaceAll("'", "''")}'` : String(value ?? "NULL");
  return FIRST_ROWS.map(([table, row]) => {
    const columns = Object.keys(row).map((column) => `"${column}"`);
    return `INSERT INTO "${table}" (${columns.join(", ")}) VALUES (${Object.values(row).map(quote).join(", ")})`;
  });
}

/** Brings an empty database to the first migration, as the engine itself does it. */
export async function migrateToFirst({ provider, url }: Target): Promise<void> {
  const all = readMigrations(provider);
  const factory = provider === "sqlite" ? new PrismaLibSql({ url }) : new PrismaPg({ connectionString: url, max: 1 });
  const engine = await startSchemaEngine(factory);
  try {
    const migrationDirectories = all.migrationDirectories.slice(0, 1);
    const filters = { externalTables: [], externalEnums: [] };
    await engine.applyMigrations({ migrationsList: { ...all, migrationDirectories }, filters });
  } finally {
    await engine.stop();
  }
}
