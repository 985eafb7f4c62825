import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PrismaLibSql } from "@prisma/adapter-libsql";
import { PrismaPg } from "@prisma/adapter-pg";
import { Client } from "pg";
import { describe, expect, inject, it } from "vitest";
import { openDatabase } from "#lib/db/client.ts";
import { migrate, readMigrations, startSchemaEngine } from "#lib/db/migrate.ts";

type Provider = "sqlite" | "postgresql";

const MIGRATION = "20261122120000_grants";
const EARLIER = "2026-11-22 10:00:00.000";
const LATER = "2026-11-22 11:00:00.000";

/** Runs `work` on an empty database. */
async function withEmptyDatabase(provider: Provider, work: (url: string) => Promise<void>): Promise<void> {
  if (provider === "sqlite") {
    const folder = mkdtempSync(join(tmpdir(), "signet-upgrade-"));
    await work(`file:${join(folder, "signet.db")}`).finally(() => rmSync(folder, { recursive: true, force: true }));
    return;
  }
  const server = new Client({ connectionString: inject("postgresUrl") });
  const name = `signet_upgrade_${process.pid}`;
  await server.connect();
  await server.query(`CREATE DATABASE ${name}`);
  const url = new URL(inject("postgresUrl"));
  url.pathname = `/${name}`;
  await work(url.href).finally(() => server.query(`DROP DATABASE ${name} WITH (FORCE)`));
  await server.end();
}

describe.each(["sqlite", "postgresql"] as const)("the upgrade to sessions of people (%s)", (provider) => {
  it("F1: a machine client's sessions become one, with the end of each key pair's tokens beside it", async () => {
    await withEmptyDatabase(provider, async (url) => {
      const all = readMigrations(provider);
      const before = all.migrationDirectories.filter(({ path }) => path < MIGRATION);
      expect(before.length).toBeGreaterThan(0);
      const adapter = provider === "sqlite" ? new PrismaLibSql({ url }) : new PrismaPg({ connectionString: url });
      const engine = await startSchemaEngine(adapter);
      const filters = { externalTables: [], externalEnums: [] };
      await engine.applyMigrations({ migrationsList: { ...all, migrationDirectories: before }, filters });
      await engine.stop();
      const database = openDatabase({ provider, url });
      try {
        for (const statement of OLD_ROWS) await database.$executeRawUnsafe(statement);
        await migrate({ provider, url });
        const sessions = await database.session.findMany({ include: { keys: { orderBy: { keyPairId: "asc" } } } });
        expect(sessions).toHaveLength(1);
        expect(sessions[0]).toMatchObject({ subject: "app_1", userId: null, revokedAt: null, scope: "" });
        const [early, late] = [new Date(`${EARLIER}Z`), new Date(`${LATER}Z`)];
        expect(sessions[0]).toMatchObject({ startedAt: early, lastUsedAt: late, expiresAt: late });
        expect(sessions[0]?.keys.map(({ keyPairId, expiresAt }) => [keyPairId, expiresAt])).toEqual([
          ["k1", early],
          ["k2", late],
        ]);
        const again = { ...sessions[0], id: "another", keys: undefined };
        await expect(database.session.create({ data: again as never })).rejects.toMatchObject({ code: "P2002" });
      } finally {
        await database.$disconnect();
      }
    });
  });
});

const OLD_ROWS = [
  `INSERT INTO "Organization" ("id", "name", "version", "createdAt") VALUES ('o', 'O', 1, '${EARLIER}')`,
  `INSERT INTO "Application" ("id", "organizationId", "protocol", "name", "sortName", "createdAt", "updatedAt", "clientId")
    VALUES ('a', 'o', 'oidc', 'A', 'a', '${EARLIER}', '${EARLIER}', 'app_1')`,
  ...["k1", "k2"].map(
    (id) => `INSERT INTO "KeyPair" ("id", "organizationId", "kid", "algorithm", "publicJwk", "createdAt")
    VALUES ('${id}', 'o', '${id}', 'ES256', '{}', '${EARLIER}')`,
  ),
  oldSession("s1", "k1", EARLIER),
  oldSession("s2", "k2", LATER),
];

function oldSession(id: string, keyPairId: string, at: string): string {
  return `INSERT INTO "Session"
    ("id", "organizationId", "applicationId", "keyPairId", "subject", "startedAt", "lastUsedAt", "expiresAt")
    VALUES ('${id}', 'o', 'a', '${keyPairId}', 'app_1', '${EARLIER}', '${at}', '${at}')`;
}
