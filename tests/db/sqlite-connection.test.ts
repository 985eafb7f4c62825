import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SqliteConnection } from "#lib/db/sqlite-connection.ts";

const MEGABYTE = 1024 * 1024;
const EXECUTIONS = 20_000;
const INSERT = "INSERT INTO thing (id, name, isGood, at, bytes) VALUES (?, ?, ?, ?, ?) RETURNING id";
const FIND = "SELECT id, name, isGood, at, bytes FROM thing WHERE id = ?";

let folder: string;
let connection: SqliteConnection;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "signet-sqlite-"));
  connection = open();
  await connection.execute({ sql: "PRAGMA journal_mode = WAL" });
  await connection.execute({
    sql: "CREATE TABLE thing (id INTEGER PRIMARY KEY, name TEXT UNIQUE, isGood BOOLEAN, at DATETIME, bytes BLOB)",
  });
});

afterEach(() => {
  connection.close();
  rmSync(folder, { recursive: true });
});

function open(): SqliteConnection {
  return new SqliteConnection(`file:${join(folder, "test.db")}`, 0);
}

async function find(id: number): Promise<unknown[]> {
  const { rows } = await connection.execute({ sql: FIND, args: [id] });
  return rows as unknown[];
}

describe("a connection to SQLite", () => {
  it("gives back what was stored, and says what its columns were declared as", async () => {
    const bytes = new Uint8Array([0, 1, 255]);
    const inserted = await connection.execute({ sql: INSERT, args: [1, "ü\u{1f511}", true, "2026-11-22", bytes] });
    expect(inserted.rows).toEqual([[1]]);
    const found = await connection.execute({ sql: FIND, args: [1] });
    expect(found.columns).toEqual(["id", "name", "isGood", "at", "bytes"]);
    expect(found.columnTypes).toEqual(["INTEGER", "TEXT", "BOOLEAN", "DATETIME", "BLOB"]);
    const [id, name, isGood, at, stored] = (found.rows as unknown as [unknown[]])[0];
    expect([id, name, isGood, at]).toEqual([1, "ü\u{1f511}", 1, "2026-11-22"]);
    expect(new Uint8Array(stored as Buffer)).toEqual(bytes);
    const renamed = await connection.execute({ sql: "UPDATE thing SET name = ? WHERE id < ?", args: [null, 5n] });
    expect([renamed.rowsAffected, renamed.rows]).toEqual([1, []]);
    expect(await find(2)).toEqual([]);
  });

  it("goes on with the same statement after it refused a row, inside a transaction too", async () => {
    const add = (id: number, name: string): Promise<unknown> =>
      connection.execute({ sql: INSERT, args: [id, name, false, null, null] });
    await add(1, "one");
    await expect(add(2, "one")).rejects.toMatchObject({ code: "SQLITE_CONSTRAINT_UNIQUE", rawCode: 2067 });
    await connection.execute({ sql: "BEGIN DEFERRED" });
    await expect(add(1, "two")).rejects.toMatchObject({ code: "SQLITE_CONSTRAINT_PRIMARYKEY" });
    await add(2, "two");
    await connection.execute({ sql: "COMMIT" });
    const other = open();
    const { rows } = await other.execute({ sql: "SELECT name FROM thing ORDER BY id" });
    other.close();
    expect(rows).toEqual([["one"], ["two"]]);
  });

  it("follows a change of the tables that another connection makes", async () => {
    await connection.execute({ sql: INSERT, args: [1, "one", true, null, null] });
    expect(await find(1)).toHaveLength(1);
    const other = open();
    await other.execute({ sql: "ALTER TABLE thing ADD COLUMN more TEXT" });
    await other.execute({ sql: "UPDATE thing SET name = 'changed'" });
    other.close();
    expect(await find(1)).toEqual([[1, "changed", 1, null, null]]);
  });

  it("says that a lock is held, and that a statement is none", async () => {
    const other = open();
    await other.execute({ sql: "BEGIN IMMEDIATE" });
    const adding = connection.execute({ sql: INSERT, args: [1, "one", true, null, null] });
    await expect(adding).rejects.toMatchObject({ code: "SQLITE_BUSY", rawCode: 5 });
    other.close();
    await expect(connection.execute({ sql: "SELEC 1" })).rejects.toThrow(/syntax error/);
  });

  it("lets go of the lock when it is closed in the middle of a transaction", async () => {
    await connection.execute({ sql: "BEGIN IMMEDIATE" });
    await connection.execute({ sql: INSERT, args: [1, "one", true, null, null] });
    connection.close();
    connection = open();
    await connection.execute({ sql: "BEGIN IMMEDIATE" });
    expect(await find(1)).toEqual([]);
    await connection.execute({ sql: "COMMIT" });
  });

  it(`holds no memory for ${EXECUTIONS} executions, which libsql alone would do`, async () => {
    await find(1);
    const before = process.memoryUsage.rss();
    for (let index = 0; index < EXECUTIONS; index += 1) await find(index);
    expect((process.memoryUsage.rss() - before) / MEGABYTE).toBeLessThan(60);
  });
});
