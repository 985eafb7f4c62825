import "server-only";
// Until when the JWKS of an organization may have been fetched, in storage.
import { sql } from "../db/client.ts";
import { readRows } from "../db/statements.ts";
import { writeAlone } from "../db/transaction.ts";
import type { FetchState } from "./document.ts";

/** The state of fetches, or null when there is no such organization. */
export async function findFetchState(organizationId: string): Promise<FetchState | null> {
  const statement = sql`SELECT "version", "jwksFetchedUntil" FROM "Organization" WHERE "id" = ${organizationId}`;
  const [row] = await readRows<{ version: number; jwksFetchedUntil: Date | null }>(statement);
  return row ? { version: row.version, fetchedUntil: row.jwksFetchedUntil?.getTime() ?? 0 } : null;
}

/** Raises the horizon of fetches in one statement that can never lower it; answers with the state after it. */
export async function raiseFetchedUntil(organizationId: string, until: Date): Promise<FetchState | null> {
  const statement = sql`
    UPDATE "Organization" SET "jwksFetchedUntil" = ${until}
    WHERE "id" = ${organizationId} AND ("jwksFetchedUntil" IS NULL OR "jwksFetchedUntil" < ${until})
    RETURNING "version"`;
  const [row] = await writeAlone(() => readRows<{ version: number }>(statement));
  return row ? { version: row.version, fetchedUntil: until.getTime() } : findFetchState(organizationId);
}
