import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { Client } from "pg";
import { afterAll, expect, inject, it } from "vitest";
import { type Database, openDatabase } from "#lib/db/client.ts";
import { migrate } from "#lib/db/migrate.ts";

const folder = mkdtempSync(join(tmpdir(), "signet-migrations-"));
const PROGRAM = `
  import { migrate } from "#lib/db/migrate.ts";
  process.stdout.write("loaded");
  await migrate({ provider: process.argv[1], url: process.argv[2] });
`;

afterAll(() => rmSync(folder, { recursive: true, force: true }));

it.each(["sqlite", "postgresql"] as const)(
  "a start that was killed in a migration is made up for by the next one (%s)",
  async (provider) => {
    for (let index = 0; index < 8; index += 1) {
      const url = await emptyDatabase(provider, `interrupted_${process.pid}_${index}`);
      const child = startMigration(provider, url);
      await once(child.stdout as NodeJS.ReadableStream, "data");
      const exited = once(child, "exit");
      const opened = openDatabase({ provider, url });
      await setTimeout(20 * index);
      // From the first trace of a migration on, at random.
      while ((await begunMigrations(opened)) === 0 && child.exitCode === null) await setTimeout(1);
      await setTimeout(index);
      child.kill("SIGKILL");
      await exited;
      await migrate({ provider, url });
      expect(await opened.organization.count()).toBe(0);
      expect(await begunMigrations(opened)).toBeGreaterThan(0);
      await opened.$disconnect();
    }
  },
  120_000,
);

function startMigration(provider: string, url: string): ChildProcess {
  const options = ["--conditions=react-server", "--import", "tsx", "--input-type=module", "-e", PROGRAM];
  return spawn(process.execPath, [...options, provider, url], { stdio: ["ignore", "pipe", "inherit"] });
}

async function begunMigrations(database: Database): Promise<number> {
  const rows = await database.$queryRawUnsafe<unknown[]>(`SELECT 1 FROM "_prisma_migrations"`).catch(() => []);
  return rows.length;
}

async function emptyDatabase(provider: "sqlite" | "postgresql", name: string): Promise<string> {
  if (provider === "sqlite") return `file:${join(folder, `${name}.db`)}`;
  const client = new Client({ connectionString: inject("postgresUrl") });
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  const url = new URL(inject("postgresUrl"));
  url.pathname = `/${name}`;
  return url.href;
}
