// Opens every sealed private key of a database with its master key and prints the secret numbers of each, base64url, a line each.
import { createPrivateKey } from "node:crypto";
import { toMasterKey, unseal } from "../../lib/crypto/seal.ts";
import { database } from "../../lib/db/client.ts";
import { env } from "../../lib/env.ts";

const masterKey = toMasterKey(env().masterKey);
const rows = await database().keyPair.findMany({ where: { sealedPrivateKey: { not: null } } });
for (const { organizationId, id, sealedPrivateKey } of rows) {
  const binding = { organizationId, keyPairId: id, field: "private_key" };
  const key = unseal(sealedPrivateKey ?? "", binding, [masterKey]);
  const jwk = createPrivateKey({ key, format: "der", type: "pkcs8" }).export({ format: "jwk" });
  for (const part of [jwk.d, jwk.p, jwk.q]) if (part) process.stdout.write(`${part}\n`);
}
process.exit(0);
