import "server-only";
// SQLite through libsql, mended where it would leave connections behind: open ones, and ones that can never commit.
import type { Client, InStatement, ResultSet, Transaction } from "@libsql/client";
import { PrismaLibSql } from "@prisma/adapter-libsql";

/** SQLite waits for a lock without letting anything else run, so it waits no longer than a short change takes. */
const BUSY_TIMEOUT_MILLISECONDS = 5;

type Configuration = Parameters<PrismaLibSql["createClient"]>[0];

/** The driver adapter of a database file; a write that finds it locked fails with P1008 and can be tried again. */
export class SqliteAdapter extends PrismaLibSql {
  constructor(url: string) {
    super({ url, timeout: BUSY_TIMEOUT_MILLISECONDS });
  }

  /** One connection for single statements and one for transactions, which Prisma begins one after the other. */
  override createClient(configuration: Configuration): Client {
    const client = super.createClient(configuration);
    const execute = client.execute.bind(client) as (statement: InStatement) => Promise<ResultSet>;
    const close = client.close.bind(client);
    let idle: Client | null = null;
    // A statement that failed half-way stays open on its connection, which then can never commit; a new one takes its place.
    client.execute = ((statement: InStatement) =>
      execute(statement).catch(async (error: unknown) => {
        if (isBusy(error)) await client.reconnect();
        throw error;
      })) as Client["execute"];
    client.transaction = async () => {
      const own = idle ?? super.createClient(configuration);
      idle = null;
      return beginTransaction(own, () => {
        idle = own;
      });
    };
    client.close = () => {
      idle?.close();
      close();
    };
    return client;
  }
}

/**
 * A transaction on a connection of its own, which `release` gets back when it is in order. libsql's own transactions keep
 * the connection they ran on, and leave it to the garbage collector, which knows nothing of its size.
 */
async function beginTransaction(connection: Client, release: () => void): Promise<Transaction> {
  let isSound = true;
  const execute = (statement: InStatement): Promise<ResultSet> =>
    connection.execute(statement).catch((error: unknown) => {
      isSound = false;
      throw error;
    });
  const end = async (word: "COMMIT" | "ROLLBACK"): Promise<void> => {
    try {
      await execute(word);
    } finally {
      if (isSound) release();
      else connection.close();
    }
  };
  try {
    await execute("BEGIN DEFERRED");
  } catch (error) {
    connection.close();
    throw error;
  }
  return {
    execute,
    commit: () => end("COMMIT"),
    rollback: () => end("ROLLBACK"),
    close: () => connection.close(),
    batch: () => Promise.reject(new Error("Prisma sends single statements.")),
    executeMultiple: () => Promise.reject(new Error("Prisma sends single statements.")),
    get closed() {
      return connection.closed;
    },
  };
}

function isBusy(error: unknown): boolean {
  return (error as { code?: string } | null)?.code?.startsWith("SQLITE_BUSY") === true;
}
