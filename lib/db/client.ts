import "server-only";
// Opens the database of a process: SQLite through libsql, PostgreSQL through pg, behind one type.
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import type { SqlDriverAdapter } from "@prisma/driver-adapter-utils";
import { env } from "../env.ts";
import { PrismaClient as PostgresClient } from "./generated/postgresql/client.ts";
import { Prisma, PrismaClient as SqliteClient } from "./generated/sqlite/client.ts";
import { noteTransactions } from "./running-transaction.ts";
import { SqliteAdapter } from "./sqlite.ts";

/** A server that is silent, for example behind a broken network, must not hold requests for ever. */
const POSTGRES_TIMEOUTS = { connectionTimeoutMillis: 5000, query_timeout: 15_000, keepAlive: true } as const;

/** The whole client; the PostgreSQL one has the same shape, being generated from the same schema. */
export type Database = SqliteClient;
/** What a repository function gets: the client itself or a running transaction. */
export type Transaction = Prisma.TransactionClient;

/** Parts of a statement in SQL that depends on what is asked for; their values are arguments, never text. */
export const { sql, join: joinSql, raw: rawSql } = Prisma;
/** A statement in SQL with its values. */
export type Statement = ReturnType<typeof sql>;

/** A client, and beside it what `readRows` asks. */
type Opened = { client: Database; reader: () => Promise<SqlDriverAdapter>; close: () => Promise<void> };
type Target = { provider: "sqlite" | "postgresql"; url: string };

// A bundle may load its own copy of this module, so the one client of the process hangs on globalThis.
const holder = globalThis as typeof globalThis & { signetDatabase?: Opened };

/** The database of this process. */
export function database(): Database {
  return opened().client;
}

/** The driver adapter that reads of this process go to without Prisma's client. */
export async function databaseReader(): Promise<SqlDriverAdapter> {
  return opened().reader();
}

/** Closes the database of this process, if it was opened. */
export async function closeDatabase(): Promise<void> {
  try {
    await holder.signetDatabase?.close();
  } finally {
    delete holder.signetDatabase;
  }
}

/** Opens a database that is not the process's own (tests, migrations). */
export function openDatabase(target: Target): Database {
  return open(target).client;
}

function opened(): Opened {
  holder.signetDatabase ??= open(env().database);
  return holder.signetDatabase;
}

function open({ provider, url }: Target): Opened {
  return provider === "postgresql" ? openPostgres(url) : openSqlite(url);
}

/** Both ask the one pool, which is made when something is first asked, and given up when Prisma disposes of it. */
function openPostgres(url: string): Opened {
  let current: Promise<SqlDriverAdapter> | null = null;
  const connect = (): Promise<SqlDriverAdapter> => {
    if (current !== null) return current;
    const forget = (): void => {
      if (current === connecting) current = null;
    };
    const connecting = connectPostgres(url, forget).catch((error: unknown) => {
      forget();
      throw error;
    });
    current = connecting;
    return connecting;
  };
  const adapter = { provider: "postgres", adapterName: "@prisma/adapter-pg", connect } as const;
  const client = new PostgresClient({ adapter }) as unknown as Database;
  const close = async (): Promise<void> => {
    try {
      await client.$disconnect();
    } finally {
      await (await current)?.dispose();
    }
  };
  return { client, reader: connect, close };
}

/** The driver is loaded where it is used: it takes a tenth of a start. */
async function connectPostgres(url: string, onDispose: () => void): Promise<SqlDriverAdapter> {
  const { PrismaPg } = await import("@prisma/adapter-pg");
  const connection = await new PrismaPg({ connectionString: url, ...POSTGRES_TIMEOUTS }).connect();
  const dispose = connection.dispose.bind(connection);
  return Object.assign(noteTransactions(connection), {
    dispose: () => {
      onDispose();
      return dispose();
    },
  });
}

/** The reader has a connection of its own: Prisma's adapter lets nobody read while one of its transactions is open. */
function openSqlite(url: string): Opened {
  mkdirSync(dirname(url.replace(/^file:/, "")), { recursive: true, mode: 0o700 });
  const client = new SqliteClient({ adapter: new SqliteAdapter(url) });
  let reading: Promise<SqlDriverAdapter> | null = null;
  const reader = (): Promise<SqlDriverAdapter> => {
    // A file that could not be opened is tried again by the next who reads.
    reading ??= new SqliteAdapter(url).connect().catch((error: unknown) => {
      reading = null;
      throw error;
    });
    return reading;
  };
  const close = async (): Promise<void> => {
    try {
      await client.$disconnect();
    } finally {
      await (await reading)?.dispose();
    }
  };
  return { client, reader, close };
}
