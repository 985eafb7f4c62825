import "server-only";

// What Prisma says of storage, alike for its own queries and for plain SQL.

/** Prisma's codes for what may happen to any statement; plain SQL that fails has one code for everything, and the kind inside. */
const CODES_OF_KINDS: Record<string, string> = {
  DatabaseNotReachable: "P1001",
  SocketTimeout: "P1008",
  ConnectionClosed: "P1017",
  TransactionWriteConflict: "P2034",
  TooManyConnections: "P2037",
};
/** The code of Prisma for plain SQL that failed in whatever way. */
export const FAILED_SQL = "P2010";

type StorageError = {
  code?: unknown;
  meta?: { driverAdapterError?: { cause?: { kind?: unknown; originalCode?: unknown } } };
};

/** The code of Prisma or of a socket, and the SQLSTATE of PostgreSQL where there is one; both empty for another error. */
export function readStorageError(error: unknown): { code: string; state: string } {
  const { code = "", meta } = (error ?? {}) as StorageError;
  const { kind, originalCode = code } = meta?.driverAdapterError?.cause ?? {};
  const known = code === FAILED_SQL ? CODES_OF_KINDS[String(kind)] : undefined;
  return { code: known ?? String(code), state: String(originalCode) };
}
