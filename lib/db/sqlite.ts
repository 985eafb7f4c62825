import "server-only";
// SQLite through libsql, mended in two places where a lock that somebody else holds would leave a connection unusable.
import type { Client, Transaction } from "@libsql/client";
import { PrismaLibSql } from "@prisma/adapter-libsql";

/** SQLite waits for a lock without letting anything else run, so it waits no longer than a short change takes. */
const BUSY_TIMEOUT_MILLISECONDS = 5;

/** The driver adapter of a database file; a write that finds it locked fails with P1008 and can be tried again. */
export class SqliteAdapter extends PrismaLibSql {
  constructor(url: string) {
    super({ url, timeout: BUSY_TIMEOUT_MILLISECONDS });
  }

  override createClient(...configuration: Parameters<PrismaLibSql["createClient"]>): Client {
    const client = super.createClient(...configuration);
    const execute = client.execute.bind(client) as Client["execute"];
    const transaction = client.transaction.bind(client) as Client["transaction"];
    // A statement that failed half-way stays open on its connection, which then can never commit; a new one takes its place.
    client.execute = ((...words: Parameters<Client["execute"]>) =>
      execute(...words).catch(async (error: unknown) => {
        if (isBusy(error)) await client.reconnect();
        throw error;
      })) as Client["execute"];
    client.transaction = async (...words: Parameters<Client["transaction"]>) =>
      endedByFailure(await transaction(...words));
    return client;
  }
}

/** A commit that fails must not leave the transaction, and the lock that it holds, behind. */
function endedByFailure(transaction: Transaction): Transaction {
  const commit = transaction.commit.bind(transaction);
  transaction.commit = () =>
    commit().catch((error: unknown) => {
      transaction.close();
      throw error;
    });
  return transaction;
}

function isBusy(error: unknown): boolean {
  return (error as { code?: string } | null)?.code?.startsWith("SQLITE_BUSY") === true;
}
