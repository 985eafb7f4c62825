import "server-only";
// Until when the JWKS of an organization may have been fetched, in storage.
import { sql } from "../db/client.ts";
import { readRows } from "../db/read-rows.ts";
import { writeAlone } from "../db/transaction.ts";
import type { FetchState } from "./document.ts";

type FetchRow = { version: number; jwksFetchedUntil: Date | null };

/** The state of fetches, or null when there is no such organization. */
export async function findFetchState(organizationId: string): Promise<FetchState | null> {
  const statement = sql`SELECT "version", "jwksFetchedUntil" FROM "Organization" WHERE "id" = ${organizationId}`;
  const [row] = await readRows<FetchRow>(statement);
  return row ? toFetchState(row) : null;
}

/** Raises the horizon of fetches in one statement that can never lower it; answers with the state after it. */
export async function raiseFetchedUntil(organizationId: string, until: Date): Promise<FetchState | null> {
  const [row] = await writeAlone((db) =>
    db.organization.updateManyAndReturn({
      where: { id: organizationId, OR: [{ jwksFetchedUntil: null }, { jwksFetchedUntil: { lt: until } }] },
      data: { jwksFetchedUntil: until },
      select: { version: true, jwksFetchedUntil: true },
    }),
  );
  return row ? toFetchState(row) : findFetchState(organizationId);
}

function toFetchState({ version, jwksFetchedUntil }: FetchRow): FetchState {
  return { version, fetchedUntil: jwksFetchedUntil?.getTime() ?? 0 };
}
