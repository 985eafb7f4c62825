import "server-only";
// SQLite through libsql behind Prisma's adapter: one connection for single statements and others for transactions.
import type { Client, InStatement, ResultSet, Transaction } from "@libsql/client";
import { PrismaLibSql } from "@prisma/adapter-libsql";
import { SqliteConnection } from "./sqlite-connection.ts";

/** SQLite waits for a lock without letting anything else run, so it waits no longer than a short change takes. */
const BUSY_TIMEOUT_MILLISECONDS = 5;

/** What Prisma's adapter gives its client, and all that it asks of one. */
type Statement = Exclude<InStatement, string>;
type AdapterClient = {
  execute: (statement: Statement) => Promise<ResultSet>;
  executeMultiple: (sql: string) => Promise<void>;
  transaction: () => Promise<AdapterTransaction>;
  close: () => void;
};
type AdapterTransaction = Pick<Transaction, "commit" | "rollback"> & Pick<AdapterClient, "execute">;

/** The driver adapter of a database file; a write that finds it locked fails with P1008 and can be tried again. */
export class SqliteAdapter extends PrismaLibSql {
  constructor(url: string) {
    super({ url });
  }

  override createClient({ url }: { url: string }): Client {
    const client: AdapterClient = new SqliteClient(() => new SqliteConnection(url, BUSY_TIMEOUT_MILLISECONDS));
    return client as Client;
  }
}

/** Prisma begins transactions one after the other, so that one more connection is enough, while all goes well. */
class SqliteClient implements AdapterClient {
  readonly #connect: () => SqliteConnection;
  #single: SqliteConnection;
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
      if (!isSound(error)) {
        this.#single = this.#connect();
        connection.close();
      }
      throw error;
    }
  }

  async executeMultiple(sql: string): Promise<void> {
    await this.#single.executeMultiple(sql);
  }

  async transaction(): Promise<AdapterTransaction> {
    const connection = this.#idle ?? this.#connect();
    this.#idle = null;
    let isInOrder = true;
    const execute = async (statement: Statement): Promise<ResultSet> => {
      try {
        return await connection.execute(statement);
      } catch (error) {
        isInOrder &&= isSound(error);
        throw error;
      }
    };
    const end = async (sql: "COMMIT" | "ROLLBACK"): Promise<void> => {
      try {
        await execute({ sql });
        if (isInOrder) this.#idle = connection;
      } finally {
        if (this.#idle !== connection) connection.close();
      }
    };
    try {
      await execute({ sql: "BEGIN DEFERRED" });
    } catch (error) {
      connection.close();
      throw error;
    }
    return { execute, commit: () => end("COMMIT"), rollback: () => end("ROLLBACK") };
  }

  close(): void {
    this.#idle?.close();
    this.#single.close();
  }
}

/**
 * Whether a connection is as good as before after an error: one that says no to a row is over with it. Others, as that of a
 * lock, can leave their statement open half-way, and a connection with an open one never commits.
 */
function isSound(error: unknown): boolean {
  return (error as { code?: string } | null)?.code?.startsWith("SQLITE_CONSTRAINT") === true;
}
