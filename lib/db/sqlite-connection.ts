import "server-only";
// One connection to a SQLite database through libsql. Statements are prepared once: libsql frees one only when its object is
// collected, and the collector does not know that it holds some ten kilobytes of native memory.
import type { InValue, ResultSet } from "@libsql/client";
import Libsql from "libsql";
import { LRUCache } from "lru-cache";

/** As many as a process has queries; those of lists differ by the length of the list. */
const KEPT_STATEMENTS = 400;
/** Longer ones, in characters, insert many rows at once and do not come again soon. */
const LONGEST_KEPT_STATEMENT = 10_000;

/** One statement and all its arguments, in order. */
export type Statement = { sql: string; args?: InValue[] };

type Prepared = {
  statement: Libsql.Statement;
  /** Empty for one that returns no rows. */
  columns: string[];
  columnTypes: string[];
};

/** A connection of its own, opened at once. */
export class SqliteConnection {
  readonly #database: Libsql.Database;
  readonly #prepared = new LRUCache<string, Prepared>({
    max: KEPT_STATEMENTS,
    maxEntrySize: LONGEST_KEPT_STATEMENT,
    sizeCalculation: (_prepared, sql) => sql.length,
  });

  /**
   * @param url the file as `file:…`
   * @param timeout how many milliseconds a statement waits for a lock, with everything else in this process
   */
  constructor(url: string, timeout: number) {
    this.#database = new Libsql(url, { timeout });
  }

  /**
   * Runs one statement. Integers come as numbers, so they are exact up to 2^53; binary values come as buffers.
   * @throws SqliteError with `code` and `rawCode` of SQLite
   */
  async execute({ sql, args = [] }: Statement): Promise<ResultSet> {
    const { statement, columns, columnTypes } = this.#prepare(sql);
    const values = args.map(toSqlite);
    if (columns.length > 0) {
      return { columns, columnTypes, rows: statement.all(values), rowsAffected: 0 } as unknown as ResultSet;
    }
    return { columns, columnTypes, rows: [], rowsAffected: statement.run(values).changes } as unknown as ResultSet;
  }

  /**
   * Ends a transaction that is open, and closes. libsql closes for good when it has collected all statements, and until then
   * nobody else could write.
   */
  close(): void {
    this.#prepared.clear();
    if (!this.#database.open) return;
    try {
      if (this.#database.inTransaction) this.#database.exec("ROLLBACK");
    } finally {
      this.#database.close();
    }
  }

  #prepare(sql: string): Prepared {
    const kept = this.#prepared.get(sql);
    if (kept !== undefined) return kept;
    const statement = this.#database.prepare(sql);
    const described = statement.columns();
    if (described.length > 0) statement.raw(true);
    const prepared = {
      statement,
      columns: described.map(({ name }) => name),
      columnTypes: described.map(({ type }) => type ?? ""),
    };
    this.#prepared.set(sql, prepared);
    return prepared;
  }
}

/** What the native side takes: it knows no truth values. */
function toSqlite(value: InValue): unknown {
  if (typeof value === "boolean") return value ? 1 : 0;
  return value;
}
