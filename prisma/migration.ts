// Writes the SQL that leads from the migrations so far to prisma/schema.prisma, for both databases:
// npm run db:migration -- <name>. Partial indexes and triggers are added to the files by hand.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrate } from "../lib/db/migrate.ts";
import { startPostgresServer } from "./postgres-server.ts";
import { findSchemaDifference } from "./schema-difference.ts";

const [name] = process.argv.slice(2);
if (!name || !/^[a-z0-9_]+$/.test(name)) throw new Error("usage: npm run db:migration -- lower_case_name");
const stamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
const folder = mkdtempSync(join(tmpdir(), "signet-migration-"));
const server = await startPostgresServer();
try {
  for (const [provider, url] of [
    ["sqlite", `file:${join(folder, "migrated.db")}`],
    ["postgresql", server.url],
  ] as const) {
    await migrate({ provider, url });
    const sql = await findSchemaDifference({ provider, url });
    if (sql === "") {
      process.stdout.write(`${provider}: the migrations give the schema already\n`);
      continue;
    }
    const migration = join("prisma/migrations", provider, `${stamp}_${name}`);
    mkdirSync(migration, { recursive: true });
    writeFileSync(join(migration, "migration.sql"), sql);
    process.stdout.write(`${migration}/migration.sql\n`);
  }
} finally {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
// The schema engine of a migration leaves a timer behind.
process.exit(0);
