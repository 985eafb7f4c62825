// Fills a database with organizations bench-0 … bench-(N-1), each with two ES256 keys, in one process. Argument: N.
import { keyTypeOf } from "../../lib/crypto/algorithms.ts";
import { transact } from "../../lib/db/transaction.ts";
import { insertInitialKeys } from "../../lib/keys/initial.ts";
import { prepareSigningKey } from "../../lib/keys/new-key.ts";

const count = Number(process.argv[2]);
const type = keyTypeOf("ES256");
const now = new Date();
for (let index = 0; index < count; index += 1) {
  const id = `bench-${index}`;
  const owner = { organizationId: id, name: id };
  const keys = { current: await prepareSigningKey(owner, type, now), next: await prepareSigningKey(owner, type, now) };
  await transact(async (transaction) => {
    await transaction.organization.create({ data: { id, name: id, createdAt: now } });
    await insertInitialKeys(id, keys, transaction, now);
  });
}
process.exit(0);
