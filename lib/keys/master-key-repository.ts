import "server-only";
// Which master keys have sealed something in this database; they belong to the installation, not to an organization.
import { sql } from "../db/client.ts";
import { readRows } from "../db/statements.ts";
import { writeAlone } from "../db/transaction.ts";

/** What Prisma says when a row with this key is there already. */
const UNIQUE_VIOLATION = "P2002";

/** The sealed probe of a master key, or null when it has sealed nothing here yet. */
export async function findMasterKeyProbe(masterKeyId: string): Promise<string | null> {
  const statement = sql`SELECT "probe" FROM "MasterKey" WHERE "id" = ${masterKeyId}`;
  const [row] = await readRows<{ probe: string }>(statement);
  return row?.probe ?? null;
}

/** Records a master key; processes that start together record it once. */
export async function insertMasterKeyProbe({
  id,
  probe,
  now,
}: {
  id: string;
  probe: string;
  now: Date;
}): Promise<void> {
  try {
    await writeAlone((db) => db.masterKey.create({ data: { id, probe, createdAt: now } }));
  } catch (error) {
    // Another process that started at the same moment was faster.
    if ((error as { code?: string }).code !== UNIQUE_VIOLATION) throw error;
  }
}

/** True when any private key, of any organization, does not begin with what this master key's seals begin with. */
export async function hasKeysSealedOtherwise(prefix: string): Promise<boolean> {
  const statement = sql`
    SELECT "id" FROM "KeyPair"
    WHERE "sealedPrivateKey" IS NOT NULL AND substr("sealedPrivateKey", 1, ${prefix.length}) <> ${prefix} LIMIT 1`;
  return (await readRows(statement)).length > 0;
}
