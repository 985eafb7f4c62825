// Tells what the migrations leave different from prisma/schema.prisma, by asking the official engine about a migrated database.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { PrismaLibSql } from "@prisma/adapter-libsql";
import { PrismaPg } from "@prisma/adapter-pg";
import { startSchemaEngine } from "../lib/db/migrate.ts";

type Target = { provider: "sqlite" | "postgresql"; url: string };

/** Questions of the engine that the drivers do not take: a string in double quotes, and columns of the type "char". */
const REWRITTEN: readonly [RegExp, string][] = [
  [/(FROM sqlite_master WHERE .*name = )"([^"]+)"/, "$1'$2'"],
  [/constr\.contype AS constraint_type/, "constr.contype::text AS constraint_type"],
  [/^(\s+)con\.(confdeltype|confupdtype),$/gm, "$1con.$2::text AS $2,"],
];

/**
 * The SQL that leads from a migrated database to the schema; empty when the two agree. Partial indexes and triggers, which
 * the schema language cannot say, are not compared.
 */
export async function findSchemaDifference({ provider, url }: Target, file = "prisma/schema.prisma"): Promise<string> {
  const factory = provider === "sqlite" ? new PrismaLibSql({ url }) : new PrismaPg({ connectionString: url });
  const connect = factory.connect.bind(factory);
  Object.assign(factory, {
    connect: async () => {
      const connection = await connect();
      const ask = connection.queryRaw.bind(connection);
      const queryRaw: typeof ask = (query) => ask({ ...query, sql: rewrite(query.sql) });
      return Object.assign(connection, { queryRaw });
    },
  });
  const engine = await startSchemaEngine(factory);
  try {
    const content = readFileSync(file, "utf8").replace('provider = "sqlite"', `provider = "${provider}"`);
    const files = [{ path: "schema.prisma", content }];
    const { stdout } = await engine.diff({
      from: { tag: "schemaDatasource", configDir: resolve("prisma"), files },
      to: { tag: "schemaDatamodel", files },
      script: true,
      exitCode: true,
      filters: { externalTables: [], externalEnums: [] },
    });
    return stdout === null || /^-- This is an empty migration\.\s*$/.test(stdout) ? "" : stdout;
  } finally {
    await engine.stop();
  }
}

function rewrite(sql: string): string {
  return REWRITTEN.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), sql);
}
