import "server-only";
// SQLite through libsql behind Prisma's adapter: one connection for single statements and one for transactions.
import type { Client, ResultSet, Transaction } from "@libsql/client";
import { PrismaLibSql } from "@prisma/adapter-libsql";
import { noteTransactions } from "./running-transaction.ts";
import { SqliteConnection, type Statement } from "./sqlite-connection.ts";

/** SQLite waits for a lock without letting anything else run, so it waits no longer than a short change takes. */
const BUSY_TIMEOUT_MILLISECONDS = 5;

/** All that Prisma's adapter asks of its client. */
type AdapterClient = {
  execute: (statement: Statement) => Promise<ResultSet>;
  transaction: () => Promise<AdapterTransaction>;
  close: () => void;
};
type AdapterTransaction = Pick<Transaction, "commit" | "rollback"> & Pick<AdapterClient, "execute">;

/** The driver adapter of a database file; a write that finds it locked fails with P1008 and can be tried again. */
export class SqliteAdapter extends PrismaLibSql {
  constructor(url: string) {
    super({ url });
  }

  override async connect(): ReturnType<PrismaLibSql["connect"]> {
    return noteTransactions(await super.connect());
  }

  override createClient({ url }: { url: string }): Client {
    const client: AdapterClient = new SqliteClient(() => new SqliteConnection(url, BUSY_TIMEOUT_MILLISECONDS));
    return client as Client;
  }
}

class SqliteClient implements AdapterClient {
  readonly #connect: () => SqliteConnection;
  #single: SqliteConnection;
  /** Prisma begins transactions one after the other; null while one runs, and before the first. */
  #idle: SqliteConnection | null = null;

  constructor(connect: () => SqliteConnection) {
    this.#connect = connect;
    this.#single = connect();
  }

  async execute(statement: Statement): Promise<ResultSet> {
    const connection = this.#single;
    try {
      return await connection.execute(statement);
    } catch (error) {
      if (!isRefusalOfRow(error)) {
        this.#single = this.#connect();
        connection.close();
      }
      throw error;
    }
  }

  async transaction(): Promise<AdapterTransaction> {
    const connection = this.#idle ?? this.#connect();
    this.#idle = null;
    try {
      // It takes the write lock at once: a transaction that had read before it found the lock taken could never go on.
      await connection.execute({ sql: "BEGIN IMMEDIATE" });
    } catch (error) {
      // The next transaction begins with the very statement that is left open, and so resets it.
      if (isBusy(error)) this.#idle = connection;
      else connection.close();
      throw error;
    }
    return this.#runningOn(connection);
  }

  close(): void {
    this.#idle?.close();
    this.#single.close();
  }

  #runningOn(connection: SqliteConnection): AdapterTransaction {
    // SQLite may have ended a transaction in disorder by itself, and would store what comes next at once.
    let isInOrder = true;
    const execute = async (statement: Statement): Promise<ResultSet> => {
      if (!isInOrder) throw new Error("A statement of this transaction has failed.");
      try {
        return await connection.execute(statement);
      } catch (error) {
        isInOrder = isRefusalOfRow(error);
        throw error;
      }
    };
    const end = async (sql: "COMMIT" | "ROLLBACK"): Promise<void> => {
      try {
        await execute({ sql });
        this.#idle = connection;
      } catch (error) {
        // This rolls back.
        connection.close();
        if (sql === "COMMIT") throw error;
      }
    };
    return { execute, commit: () => end("COMMIT"), rollback: () => end("ROLLBACK") };
  }
}

/**
 * Whether an error leaves its connection as good as before. Others, as that of a lock, can leave their statement open half-way,
 * and a connection with an open one never commits.
 */
function isRefusalOfRow(error: unknown): boolean {
  return codeOf(error).startsWith("SQLITE_CONSTRAINT");
}

function isBusy(error: unknown): boolean {
  return codeOf(error).startsWith("SQLITE_BUSY");
}

function codeOf(error: unknown): string {
  return (error as { code?: string } | null)?.code ?? "";
}
