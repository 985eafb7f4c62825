// Opens every sealed private key of a database with its master key and prints its secret numbers, and the base64 lines of
// its PEM forms that hold secret octets, a line each.
import { createPrivateKey, type KeyObject } from "node:crypto";
import { toMasterKey, unseal } from "../../lib/crypto/seal.ts";
import { database } from "../../lib/db/client.ts";
import { env } from "../../lib/env.ts";

const LINE_BYTES = 48;
/** So many secret octets make a line one that must be nowhere. */
const SECRET_BYTES = 16;

const masterKey = toMasterKey(env().masterKey);
const rows = await database().keyPair.findMany({ where: { sealedPrivateKey: { not: null } } });
for (const { organizationId, id, sealedPrivateKey } of rows) {
  const binding = { organizationId, keyPairId: id, field: "private_key" };
  const der = unseal(sealedPrivateKey ?? "", binding, [masterKey]);
  const key = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
  const jwk = key.export({ format: "jwk" });
  const parts = [jwk.d, jwk.p, jwk.q, jwk.dp, jwk.dq, jwk.qi].flatMap((part) => (part ? [part] : []));
  for (const text of [...parts, ...secretLines(key, parts)]) process.stdout.write(`${text}\n`);
}
process.exit(0);

/** Lines of PKCS#8 and of the older form; those that hold only what the public key says too are left out. */
function secretLines(key: KeyObject, parts: string[]): string[] {
  const older = key.asymmetricKeyType === "rsa" ? "pkcs1" : "sec1";
  return [key.export({ type: "pkcs8", format: "der" }), key.export({ type: older, format: "der" })].flatMap((der) => {
    const spans = parts.map((part) => {
      const bytes = Buffer.from(part, "base64url");
      const start = der.indexOf(bytes);
      return { start, end: start + bytes.length };
    });
    const lines: string[] = [];
    for (let at = 0; at < der.length; at += LINE_BYTES) {
      const overlap = (span: { start: number; end: number }): number =>
        span.start < 0 ? 0 : Math.min(span.end, at + LINE_BYTES) - Math.max(span.start, at);
      if (spans.some((span) => overlap(span) >= SECRET_BYTES)) {
        lines.push(der.subarray(at, at + LINE_BYTES).toString("base64"));
      }
    }
    return lines;
  });
}
