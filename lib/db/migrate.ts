import "server-only";
// Applies the migrations of prisma/migrations/<provider> at start, under a lock, with the official engine as WebAssembly.
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import { createClient, type Client as LibSqlClient } from "@libsql/client";
import { PrismaLibSql } from "@prisma/adapter-libsql";
import type { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import type { MigrationList, SchemaEngine } from "@prisma/schema-engine-wasm";
import type { Client } from "pg";

const LOCK_TIMEOUT_MILLISECONDS = 60_000;
const ADVISORY_LOCK = 5_160_317;
const APPLIED_MIGRATIONS =
  "SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL";
/** The moment as the engine stores it. */
const NOW = { sqlite: "CAST(strftime('%s', 'now') AS INTEGER) * 1000", postgresql: "now()" } as const;
/** The code of PostgreSQL for a table that is not there. */
const UNDEFINED_TABLE = "42P01";

type Target = { provider: "sqlite" | "postgresql"; url: string };

/** Brings the database to the newest schema; processes that start together wait for one another. */
export async function migrate(target: Target): Promise<void> {
  const migrationsList = readMigrations(target.provider);
  if (await isCurrent(target, migrationsList)) return;
  await underLock(target, async () => {
    if (await isCurrent(target, migrationsList)) return;
    // One connection, because a migration is one transaction.
    const factory =
      target.provider === "sqlite"
        ? new PrismaLibSql({ url: target.url, timeout: 5000 })
        : new (await import("@prisma/adapter-pg")).PrismaPg({ connectionString: target.url, max: 1 });
    const engine = await startSchemaEngine(factory);
    try {
      await forgetInterrupted(target);
      await engine.applyMigrations({
        migrationsList: asTransactions(migrationsList, target.provider),
        filters: { externalTables: [], externalEnums: [] },
      });
    } finally {
      await engine.stop();
    }
  });
}

/**
 * Each migration as one transaction that also notes its own end, so that whatever kills the process in the middle leaves
 * nothing of it. SQLite would check foreign keys while a table is being replaced, and cannot switch that off inside.
 */
function asTransactions(list: MigrationList, provider: Target["provider"]): MigrationList {
  const before = provider === "sqlite" ? "PRAGMA foreign_keys = OFF;\nBEGIN;" : "BEGIN;";
  const after = provider === "sqlite" ? "COMMIT;\nPRAGMA foreign_keys = ON;" : "COMMIT;";
  const wrap = (name: string, sql: string): string => `${before}\n${sql}\n
    UPDATE "_prisma_migrations" SET "finished_at" = ${NOW[provider]}, "applied_steps_count" = 1
    WHERE "migration_name" = '${name}' AND "finished_at" IS NULL AND "rolled_back_at" IS NULL;\n${after}`;
  return {
    ...list,
    migrationDirectories: list.migrationDirectories.map(({ path, migrationFile }) => {
      const { content } = migrationFile;
      const whole = content.tag === "ok" ? { tag: "ok" as const, value: wrap(path, content.value) } : content;
      return { path, migrationFile: { ...migrationFile, content: whole } };
    }),
  };
}

/** A migration that was begun and not finished has left nothing, so it is begun again. */
async function forgetInterrupted({ provider, url }: Target): Promise<void> {
  const statement = `UPDATE "_prisma_migrations" SET "rolled_back_at" = ${NOW[provider]}
    WHERE "finished_at" IS NULL AND "rolled_back_at" IS NULL`;
  if (provider === "postgresql") return onPostgres(url, async (client) => void (await client.query(statement)));
  return onSqlite(url, async (client) => void (await client.execute(statement)));
}

/** The migration files of one database, in order, in the shape the engine takes. */
export function readMigrations(provider: Target["provider"]): MigrationList {
  const baseDir = resolve("prisma/migrations", provider);
  const names = readdirSync(baseDir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  return {
    baseDir,
    lockfile: { path: "migration_lock.toml", content: `provider = "${provider}"` },
    shadowDbInitScript: "",
    migrationDirectories: names.map((name) => ({
      path: name,
      migrationFile: {
        path: "migration.sql",
        content: { tag: "ok", value: readFileSync(join(baseDir, name, "migration.sql"), "utf8") },
      },
    })),
  };
}

/** Asks the driver itself, because every start asks and loading a second Prisma client for it takes a tenth of a second. */
async function isCurrent(target: Target, list: MigrationList): Promise<boolean> {
  const applied =
    target.provider === "postgresql" ? await appliedOnPostgres(target.url) : await appliedOnSqlite(target.url);
  return list.migrationDirectories.every((directory) => applied.has(directory.path));
}

async function appliedOnSqlite(url: string): Promise<Set<unknown>> {
  const rows = await onSqlite(url, async (client) => {
    await client.execute("PRAGMA journal_mode = WAL");
    return (await client.execute(APPLIED_MIGRATIONS)).rows;
  });
  return new Set(rows?.map((row) => row.migration_name));
}

async function appliedOnPostgres(url: string): Promise<Set<unknown>> {
  const rows = await onPostgres(url, async (client) => {
    return (await client.query<{ migration_name: string }>(APPLIED_MIGRATIONS)).rows;
  });
  return new Set(rows?.map((row) => row.migration_name));
}

/** Undefined when there is no table of migrations yet. */
async function onSqlite<Result>(
  url: string,
  work: (client: LibSqlClient) => Promise<Result>,
): Promise<Result | undefined> {
  mkdirSync(dirname(url.replace(/^file:/, "")), { recursive: true, mode: 0o700 });
  const client = createClient({ url, timeout: 5000 });
  try {
    return await work(client);
  } catch (error) {
    if (/no such table/.test(String(error))) return undefined;
    throw error;
  } finally {
    client.close();
  }
}

/** Undefined when there is no table of migrations yet. */
async function onPostgres<Result>(url: string, work: (client: Client) => Promise<Result>): Promise<Result | undefined> {
  const client = await connectPostgres(url);
  try {
    return await work(client);
  } catch (error) {
    if ((error as { code?: string }).code === UNDEFINED_TABLE) return undefined;
    throw error;
  } finally {
    await client.end();
  }
}

/** A driver is loaded where it is used. */
async function connectPostgres(url: string): Promise<Client> {
  const { Client } = await import("pg");
  const client = new Client({ connectionString: url });
  await client.connect();
  return client;
}

/** Starts the schema engine on one database; `stop` closes the connections that it opened. */
export async function startSchemaEngine(
  factory: PrismaLibSql | PrismaPg,
): Promise<SchemaEngine & { stop: () => Promise<void> }> {
  engineModule ??= loadSchemaEngine();
  const { SchemaEngine } = await engineModule;
  const connections: { dispose: () => Promise<void> }[] = [];
  const connect = factory.connect.bind(factory);
  const recorded = Object.assign(factory, {
    connect: async () => {
      const connection = await connect();
      connections.push(connection);
      return connection;
    },
  });
  const engine = await SchemaEngine.new(
    { datamodels: undefined },
    () => {},
    bindMigrationAwareSqlAdapterFactory(recorded),
  );
  return Object.assign(engine, {
    stop: async () => {
      engine.free();
      await Promise.all(connections.map((connection) => connection.dispose()));
    },
  });
}

let engineModule: Promise<typeof import("@prisma/schema-engine-wasm/schema_engine_bg")> | undefined;

/** Loads the WebAssembly by hand, because Node 20 cannot import a .wasm file as a module; once, because its glue keeps state. */
async function loadSchemaEngine(): Promise<typeof import("@prisma/schema-engine-wasm/schema_engine_bg")> {
  const glue = await import("@prisma/schema-engine-wasm/schema_engine_bg");
  // From the project folder, not from this file, which a bundler moves.
  const { resolve: locate } = createRequire(resolve("package.json"));
  const folder = dirname(locate("@prisma/schema-engine-wasm/schema_engine_bg"));
  const bytes = readFileSync(join(folder, "schema_engine_bg.wasm"));
  const { instance } = await WebAssembly.instantiate(bytes, { "./schema_engine_bg.js": glue as never });
  const { __wbg_set_wasm } = glue as unknown as { __wbg_set_wasm: (exports: WebAssembly.Exports) => void };
  __wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  return glue;
}

/** PostgreSQL: an advisory lock. SQLite: an exclusive transaction on a file beside it, which the system frees after a crash. */
async function underLock(target: Target, work: () => Promise<void>): Promise<void> {
  if (target.provider === "postgresql") {
    const client = await connectPostgres(target.url);
    try {
      await client.query("SELECT pg_advisory_lock($1)", [ADVISORY_LOCK]);
      await work();
    } finally {
      await client.end();
    }
    return;
  }
  mkdirSync(dirname(target.url.replace(/^file:/, "")), { recursive: true });
  const lock = await lockExclusively(`${target.url}.migrating`);
  try {
    await work();
  } finally {
    lock.close();
  }
}

/** Tries again and again, because SQLite's own waiting would block the event loop of a holder in this very process. */
async function lockExclusively(url: string): Promise<LibSqlClient> {
  const deadline = Date.now() + LOCK_TIMEOUT_MILLISECONDS;
  for (;;) {
    const lock = createClient({ url, timeout: 0 });
    try {
      await lock.execute("BEGIN EXCLUSIVE");
      return lock;
    } catch (error) {
      lock.close();
      if ((error as { code?: string }).code !== "SQLITE_BUSY" || Date.now() > deadline) throw error;
      await setTimeout(50);
    }
  }
}
