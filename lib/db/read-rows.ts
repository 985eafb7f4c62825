import "server-only";
// Rows of a statement in SQL, asked of Prisma's driver adapter itself. The client on top of it costs three times as much as a
// small query, which people wait for with every page and programs with every rotation.
import { ColumnTypeEnum, isDriverAdapterError, type SqlResultSet } from "@prisma/driver-adapter-utils";
import { databaseReader, type Statement, type Transaction } from "./client.ts";
import { FAILED_SQL } from "./storage-error.ts";

const REFUSED = new Set<number | undefined>([
  ColumnTypeEnum.Numeric,
  ColumnTypeEnum.Bytes,
  ColumnTypeEnum.Date,
  ColumnTypeEnum.Time,
]);

/**
 * The rows of one statement, in a transaction or outside of all. Their values are those of `$queryRaw`: a DateTime is a Date,
 * an integer of 64 bits a bigint; decimals, bytes, and days or times alone are refused.
 * @throws what `$queryRaw` throws
 */
export async function readRows<Row>(statement: Statement, transaction?: Transaction): Promise<Row[]> {
  if (transaction !== undefined) return transaction.$queryRaw<Row[]>(statement);
  const reader = await databaseReader();
  const sql = reader.provider === "postgres" ? statement.text : statement.sql;
  const args = statement.values;
  const argTypes = args.map(() => ({ scalarType: "unknown", arity: "scalar" }) as const);
  try {
    return toRows<Row>(await reader.queryRaw({ sql, args, argTypes }));
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
