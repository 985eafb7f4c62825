// Writes the SQL that leads from the migrations so far to prisma/schema.prisma, for both databases:
// npm run db:migration -- <name>. Partial indexes and triggers are added to the files by hand.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PrismaLibSql } from "@prisma/adapter-libsql";
import { PrismaPg } from "@prisma/adapter-pg";
import { readMigrations, startSchemaEngine } from "../lib/db/migrate.ts";

const [name] = process.argv.slice(2);
if (!name || !/^[a-z0-9_]+$/.test(name)) throw new Error("usage: npm run db:migration -- lower_case_name");
const stamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
const schema = readFileSync("prisma/schema.prisma", "utf8");

for (const provider of ["sqlite", "postgresql"] as const) {
  const shadow = join(tmpdir(), `signet-shadow-${process.pid}.db`);
  const factory =
    provider === "sqlite"
      ? new PrismaLibSql({ url: `file:${shadow}` })
      : new PrismaPg({ connectionString: process.env.DATABASE_URL ?? "postgresql://postgres@127.0.0.1:5432/postgres" });
  const engine = await startSchemaEngine(factory);
  const migrationsList = readMigrations(provider);
  const result = await engine.diff({
    from: migrationsList.migrationDirectories.length > 0 ? { tag: "migrations", ...migrationsList } : { tag: "empty" },
    to: {
      tag: "schemaDatamodel",
      files: [{ path: "schema.prisma", content: schema.replace('provider = "sqlite"', `provider = "${provider}"`) }],
    },
    script: true,
    exitCode: null,
    filters: { externalTables: [], externalEnums: [] },
  } as never);
  const folder = join("prisma/migrations", provider, `${stamp}_${name}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "migration.sql"), result.stdout ?? "");
  await engine.stop();
  rmSync(shadow, { force: true });
}
