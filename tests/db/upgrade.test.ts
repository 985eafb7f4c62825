// F1: a database of the first version, with data, becomes one of this version and keeps everything.
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { type Database, openDatabase } from "#lib/db/client.ts";
import { migrate } from "#lib/db/migrate.ts";
import { FIRST_ROWS, firstInserts, migrateToFirst } from "../support/first-migration.ts";

type Row = Record<string, unknown>;

const TABLES = [...new Set(FIRST_ROWS.map(([table]) => table))];

describe.each(["sqlite", "postgresql"] as const)("F1: the upgrade from the first version (%s)", (provider) => {
  const folder = mkdtempSync(join(tmpdir(), "signet-upgrade-"));
  const name = `signet_upgrade_${randomUUID().replaceAll("-", "")}`;
  let target: { provider: "sqlite" | "postgresql"; url: string };
  let database: Database;
  let before: Map<string, Row[]>;

  beforeAll(async () => {
    const server = new URL(inject("postgresUrl"));
    server.pathname = `/${name}`;
    if (provider === "postgresql") await onServer(`CREATE DATABASE ${name}`);
    target = { provider, url: provider === "sqlite" ? `file:${join(folder, "signet.db")}` : server.href };
    await migrateToFirst(target);
    database = openDatabase(target);
    for (const statement of firstInserts()) await database.$executeRawUnsafe(statement);
    before = await readAll();
    await database.$disconnect();
    await migrate(target);
    database = openDatabase(target);
  });
  afterAll(async () => {
    await database?.$disconnect();
    if (provider === "postgresql") await onServer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    rmSync(folder, { recursive: true, force: true });
  });

  async function onServer(statement: string): Promise<void> {
    const client = new Client({ connectionString: inject("postgresUrl") });
    await client.connect();
    await client.query(statement).finally(() => client.end());
  }

  /** Every row of the first version's tables, in an order of their own. */
  async function readAll(): Promise<Map<string, Row[]>> {
    const rows = new Map<string, Row[]>();
    for (const table of TABLES)
      rows.set(table, await database.$queryRawUnsafe<Row[]>(`SELECT * FROM "${table}" ORDER BY 1, 2`));
    return rows;
  }

  it("keeps every row of every table, value for value; upgrade-sessions.test.ts tells what becomes of sessions", async () => {
    const after = await readAll();
    for (const [table, rows] of before) {
      if (table === "Session") continue;
      expect(rows.length, table).toBeGreaterThan(0);
      const kept = rows.map((row, index) =>
        Object.fromEntries(Object.keys(row).map((column) => [column, after.get(table)?.[index]?.[column]])),
      );
      expect(kept, table).toEqual(rows);
      expect(after.get(table), table).toHaveLength(rows.length);
    }
    expect([...before.values()].flat()).toHaveLength(FIRST_ROWS.length);
  });

  it("the rows read as what this version knows, on the organization's key and without certificates", async () => {
    const applications = await database.application.findMany({
      include: { signingCertificate: true, secrets: true, sessions: true },
      orderBy: { id: "asc" },
    });
    expect(applications).toMatchObject([
      { id: "a1", signingCertId: null, signingCertificate: null, secrets: [{ id: "s" }], sessions: [{ id: "g" }] },
      { id: "a2", entityId: "https://jira.example", signingCertId: null, secrets: [], sessions: [] },
    ]);
    const keys = await database.signingKey.findMany({ include: { keyPair: true }, orderBy: { id: "asc" } });
    expect(
      keys.map(({ state, keyPair }) => [state, keyPair.kid, keyPair.sealedPrivateKey, keyPair.unassignedAt]),
    ).toEqual([
      ["current", "kid-1", "sealed-1", null],
      ["next", "kid-2", "sealed-2", null],
      ["dropped", "kid-3", null, null],
    ]);
    expect(await database.certificate.count()).toBe(0);
  });

  it("what the database itself guards, it guards still", async () => {
    await expect(database.$executeRawUnsafe(`UPDATE "AuditEvent" SET "reason" = 'x'`)).rejects.toThrow();
    await expect(database.$executeRawUnsafe('DELETE FROM "AuditEvent"')).rejects.toThrow();
    for (const state of ["current", "next"]) {
      await expect(database.signingKey.update({ where: { id: "k3" }, data: { state } })).rejects.toThrow();
    }
    const foreign = { where: { id: "a1" }, data: { signingCertId: "nothing" } };
    await expect(database.application.update(foreign)).rejects.toThrow();
    await expect(database.organization.delete({ where: { id: "acme-corp" } })).rejects.toThrow();
    expect(await database.auditEvent.count()).toBe(2);
  });

  it("is done once: the next start changes nothing", async () => {
    const steps = (): Promise<Row[]> =>
      database.$queryRawUnsafe<Row[]>('SELECT * FROM "_prisma_migrations" ORDER BY 1');
    const known = await steps();
    await migrate(target);
    expect(await steps()).toEqual(known);
    expect(known.length).toBeGreaterThan(2);
  });
});
