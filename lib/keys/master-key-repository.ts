import "server-only";
// Which master keys have sealed something in this database; they belong to the installation, not to an organization.
import { database } from "../db/client.ts";

/** The sealed probe of a master key, or null when it has sealed nothing here yet. */
export async function findMasterKeyProbe(masterKeyId: string): Promise<string | null> {
  const row = await database().masterKey.findUnique({ where: { id: masterKeyId } });
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
  await database().masterKey.upsert({ where: { id }, create: { id, probe, createdAt: now }, update: {} });
}

/** True when any private key, of any organization, does not begin with what this master key's seals begin with. */
export async function hasKeysSealedOtherwise(prefix: string): Promise<boolean> {
  const row = await database().keyPair.findFirst({
    where: { sealedPrivateKey: { not: null }, NOT: { sealedPrivateKey: { startsWith: prefix } } },
    select: { id: true },
  });
  return row !== null;
}
