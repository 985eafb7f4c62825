import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@libsql/client";
import { PrismaLibSql } from "@prisma/adapter-libsql";
import { describe, expect, it } from "vitest";
import { database } from "#lib/db/client.ts";
import { migrate, readMigrations, startSchemaEngine } from "#lib/db/migrate.ts";
import { describeOnEveryDatabase } from "../support/database.ts";

describeOnEveryDatabase("migrations", (fixture) => {
  it("leave a migrated database alone, also when several processes start together", async () => {
    const { provider, url } = fixture;
    await database().organization.create({ data: { id: "kept", name: "Kept", createdAt: new Date() } });
    await Promise.all([migrate({ provider, url }), migrate({ provider, url })]);
    expect(await database().organization.count()).toBe(1);
  });
});

describe("the upgrade to managed certificates", () => {
  it("F1: keeps applications with their secrets, the triggers and the partial indexes (SQLite)", async () => {
    const folder = mkdtempSync(join(tmpdir(), "signet-upgrade-"));
    const url = `file:${join(folder, "signet.db")}`;
    try {
      const all = readMigrations("sqlite");
      const engine = await startSchemaEngine(new PrismaLibSql({ url }));
      const filters = { externalTables: [], externalEnums: [] };
      const migrationDirectories = all.migrationDirectories.slice(0, 1);
      await engine.applyMigrations({ migrationsList: { ...all, migrationDirectories }, filters });
      await engine.stop();
      const client = createClient({ url });
      await client.executeMultiple(`
        INSERT INTO "Organization" ("id", "name", "version", "createdAt") VALUES ('o', 'O', 1, 0);
        INSERT INTO "Application" ("id", "organizationId", "protocol", "name", "sortName", "createdAt", "updatedAt")
          VALUES ('a', 'o', 'oidc', 'A', 'a', 0, 0);
        INSERT INTO "ClientSecret" VALUES ('s', 'o', 'a', 'hash', 'hint', 0);`);
      await migrate({ provider: "sqlite", url });
      const { rows } = await client.execute(
        'SELECT a."signingCertId", s."id" FROM "Application" a JOIN "ClientSecret" s ON s."applicationId" = a."id"',
      );
      expect(rows.map((row) => [row[0], row[1]])).toEqual([[null, "s"]]);
      const { rows: guards } = await client.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' OR sql LIKE '%WHERE%' ORDER BY name",
      );
      expect(guards.map((row) => row[0])).toEqual([
        "AuditEvent_no_delete",
        "AuditEvent_no_update",
        "Certificate_live_fingerprint",
        "Session_machine",
        "SigningKey_one_current",
        "SigningKey_one_next",
      ]);
      client.close();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
