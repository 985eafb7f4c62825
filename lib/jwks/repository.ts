import "server-only";
// Until when the JWKS of an organization may have been fetched, in storage.
import { database } from "../db/client.ts";
import { writeAlone } from "../db/transaction.ts";
import type { FetchState } from "./document.ts";

const COLUMNS = { version: true, jwksFetchedUntil: true } as const;

/** The state of fetches, or null when there is no such organization. */
export async function findFetchState(organizationId: string): Promise<FetchState | null> {
  const row = await database().organization.findUnique({ where: { id: organizationId }, select: COLUMNS });
  return row && toFetchState(row);
}

/** Raises the horizon of fetches in one statement that can never lower it; answers with the state after it. */
export async function raiseFetchedUntil(organizationId: string, until: Date): Promise<FetchState | null> {
  const [row] = await writeAlone((db) =>
    db.organization.updateManyAndReturn({
      where: { id: organizationId, OR: [{ jwksFetchedUntil: null }, { jwksFetchedUntil: { lt: until } }] },
      data: { jwksFetchedUntil: until },
      select: COLUMNS,
    }),
  );
  return row ? toFetchState(row) : findFetchState(organizationId);
}

function toFetchState(row: { version: number; jwksFetchedUntil: Date | null }): FetchState {
  return { version: row.version, fetchedUntil: row.jwksFetchedUntil?.getTime() ?? 0 };
}
