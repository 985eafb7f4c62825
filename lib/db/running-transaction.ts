import "server-only";
// Finds the transaction of the driver adapter that runs under one of Prisma's client, so that a statement can go to it itself.
import { AsyncLocalStorage } from "node:async_hooks";
import type { Transaction as AdapterTransaction, SqlDriverAdapter } from "@prisma/driver-adapter-utils";
import type { Database, Transaction } from "./client.ts";

type Running = { adapter: AdapterTransaction; hasEnded: boolean };
type Beginning = { running: Running | null };
type Transactions = {
  beginning: AsyncLocalStorage<Beginning>;
  /** How many are open, or are about to be. */
  open: number;
  running: WeakMap<Transaction, Running>;
};

/** Prisma's code for a statement that comes after the end of its transaction. */
const TRANSACTION_ENDED = "P2028";
/** On PostgreSQL Prisma ends a transaction by a statement, before it gives the connection back. */
const ENDS = new Set(["COMMIT", "ROLLBACK"]);

// A bundle may load its own copy of this module, and transactions of the one client are noted once.
const holder = globalThis as typeof globalThis & { signetTransactions?: Transactions };

/** Notes the transactions that begin on this connection. */
export function noteTransactions<Connection extends SqlDriverAdapter>(connection: Connection): Connection {
  const start = connection.startTransaction.bind(connection);
  const startTransaction: typeof start = async (level) => {
    const adapter = await start(level);
    const beginning = transactions().beginning.getStore();
    if (beginning) beginning.running = noteEnd(adapter);
    return adapter;
  };
  return Object.assign(connection, { startTransaction });
}

/** Runs `work` in one transaction of Prisma's client. */
export async function runTransaction<Result>(
  db: Database,
  work: (transaction: Transaction) => Promise<Result>,
  options: { timeout: number; maxWait: number },
): Promise<Result> {
  const all = transactions();
  const beginning: Beginning = { running: null };
  all.open += 1;
  try {
    return await all.beginning.run(beginning, () =>
      db.$transaction((transaction) => {
        if (beginning.running) all.running.set(transaction, beginning.running);
        return work(transaction);
      }, options),
    );
  } finally {
    all.open -= 1;
    // While it is enabled, every promise of the process pays for it.
    if (all.open === 0) all.beginning.disable();
  }
}

/**
 * What a statement of this transaction can be given to; null for one that {@link runTransaction} did not begin.
 * @throws P2028 when it has ended: the connection may be in somebody else's transaction by now
 */
export function runningUnder(transaction: Transaction): AdapterTransaction | null {
  const running = transactions().running.get(transaction);
  if (running === undefined) return null;
  if (!running.hasEnded) return running.adapter;
  throw Object.assign(new Error("A statement came after the end of its transaction."), { code: TRANSACTION_ENDED });
}

function transactions(): Transactions {
  holder.signetTransactions ??= { beginning: new AsyncLocalStorage(), open: 0, running: new WeakMap() };
  return holder.signetTransactions;
}

function noteEnd(adapter: AdapterTransaction): Running {
  const running = { adapter, hasEnded: false };
  const [executeRaw, commit, rollback] = [
    adapter.executeRaw.bind(adapter),
    adapter.commit.bind(adapter),
    adapter.rollback.bind(adapter),
  ];
  const end = <Result>(ending: () => Promise<Result>): Promise<Result> => {
    running.hasEnded = true;
    return ending();
  };
  Object.assign(adapter, {
    executeRaw: (query: Parameters<typeof executeRaw>[0]) =>
      ENDS.has(query.sql) ? end(() => executeRaw(query)) : executeRaw(query),
    commit: () => end(commit),
    rollback: () => end(rollback),
  });
  return running;
}
