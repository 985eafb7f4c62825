import "server-only";
// Opens the database once per process: SQLite through libsql, PostgreSQL through pg, behind one type.
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { env } from "../env.ts";
import { PrismaClient as PostgresClient } from "./generated/postgresql/client.ts";
import { Prisma, PrismaClient as SqliteClient } from "./generated/sqlite/client.ts";
import { SqliteAdapter } from "./sqlite.ts";

/** A server that is silent, for example behind a broken network, must not hold requests for ever. */
const POSTGRES_TIMEOUTS = { connectionTimeoutMillis: 5000, query_timeout: 15_000, keepAlive: true } as const;

/** The whole client; the PostgreSQL one has the same shape, being generated from the same schema. */
export type Database = SqliteClient;
/** What a repository function gets: the client itself or a running transaction. */
export type Transaction = Prisma.TransactionClient;

/** Parts of a statement in SQL that depends on what is asked for; their values are arguments, never text. */
export const { sql, join: joinSql } = Prisma;

// A bundle may load its own copy of this module, so the one client of the process hangs on globalThis.
const holder = globalThis as typeof globalThis & { signetDatabase?: Database };

/** The database of this process. */
export function database(): Database {
  holder.signetDatabase ??= openDatabase(env().database);
  return holder.signetDatabase;
}

/** Closes the database of this process, if it was opened. */
export async function closeDatabase(): Promise<void> {
  await holder.signetDatabase?.$disconnect();
  delete holder.signetDatabase;
}

/** Opens a database that is not the process's own (tests, migrations). */
export function openDatabase({ provider, url }: { provider: "sqlite" | "postgresql"; url: string }): Database {
  if (provider === "postgresql") {
    return new PostgresClient({
      adapter: new PrismaPg({ connectionString: url, ...POSTGRES_TIMEOUTS }),
    }) as unknown as Database;
  }
  mkdirSync(dirname(url.replace(/^file:/, "")), { recursive: true, mode: 0o700 });
  return new SqliteClient({ adapter: new SqliteAdapter(url) });
}
