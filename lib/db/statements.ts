import "server-only";
// Statements in SQL, given to Prisma's driver adapter itself. The client on top of it costs three times as much as a small
// query, which people wait for with every page and programs with every rotation.
import {
  ColumnTypeEnum,
  isDriverAdapterError,
  type SqlQuery,
  type SqlQueryable,
  type SqlResultSet,
} from "@prisma/driver-adapter-utils";
import { databaseReader, joinSql, rawSql, type Statement, sql, type Transaction } from "./client.ts";
import { runningUnder } from "./running-transaction.ts";
import { FAILED_SQL } from "./storage-error.ts";

const REFUSED = new Set<number | undefined>([
  ColumnTypeEnum.Numeric,
  ColumnTypeEnum.Bytes,
  ColumnTypeEnum.Date,
  ColumnTypeEnum.Time,
]);

/** The tables that {@link insertRow} writes. */
type Table = "KeyPair" | "SigningKey" | "Certificate" | "AuditEvent";

/**
 * The rows of one statement, in a transaction or outside of all. Their values are those of `$queryRaw`: a DateTime is a Date,
 * an integer of 64 bits a bigint; decimals, bytes, and days or times alone are refused.
 * @throws what `$queryRaw` throws
 */
export async function readRows<Row>(statement: Statement, transaction?: Transaction): Promise<Row[]> {
  const queryable = transaction === undefined ? await databaseReader() : runningUnder(transaction);
  if (queryable === null) return (transaction as Transaction).$queryRaw<Row[]>(statement);
  return toRows<Row>(await ask(() => queryable.queryRaw(toQuery(statement, queryable))));
}

/**
 * Runs one statement that returns no rows, and answers how many it wrote.
 * @throws what `$executeRaw` throws
 */
export async function writeRows(statement: Statement, transaction: Transaction): Promise<number> {
  const queryable = runningUnder(transaction);
  if (queryable === null) return transaction.$executeRaw(statement);
  return ask(() => queryable.executeRaw(toQuery(statement, queryable)));
}

/** Adds one row; a column that is not named gets its default. The names of columns are the caller's own, never input. */
export async function insertRow(
  table: Table,
  row: Record<string, string | number | Date | Statement | null>,
  transaction: Transaction,
): Promise<void> {
  const columns = Object.keys(row).map((name) => rawSql(`"${name}"`));
  const values = joinSql(Object.values(row));
  await writeRows(sql`INSERT INTO ${rawSql(`"${table}"`)} (${joinSql(columns)}) VALUES (${values})`, transaction);
}

function toQuery({ text, sql: withMarks, values }: Statement, { provider }: SqlQueryable): SqlQuery {
  const argTypes = values.map(() => ({ scalarType: "unknown", arity: "scalar" }) as const);
  return { sql: provider === "postgres" ? text : withMarks, args: values, argTypes };
}

async function ask<Answer>(question: () => Promise<Answer>): Promise<Answer> {
  try {
    return await question();
  } catch (error) {
    if (!isDriverAdapterError(error)) throw error;
    const message = `A query failed: ${error.cause.originalMessage ?? error.message}`;
    throw Object.assign(new Error(message, { cause: error }), {
      code: FAILED_SQL,
      meta: { driverAdapterError: error },
    });
  }
}

function toRows<Row>({ columnNames, columnTypes, rows }: SqlResultSet): Row[] {
  return rows.map((values) => {
    const row: Record<string, unknown> = {};
    for (const [index, name] of columnNames.entries()) row[name] = toValue(values[index], columnTypes[index]);
    return row as Row;
  });
}

function toValue(value: unknown, type: number | undefined): unknown {
  if (value === null) return null;
  if (type === ColumnTypeEnum.DateTime) return new Date(value as string);
  if (type === ColumnTypeEnum.Int64) return BigInt(value as string | number);
  if (REFUSED.has(type)) throw new Error("A column has a type that readRows does not turn into a value.");
  return value;
}
