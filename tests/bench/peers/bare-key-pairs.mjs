// Makes RSA 2048 pairs with nothing around them. Arguments: how many at a time, seconds. Prints pairs a second.
import { generateKeyPair } from "node:crypto";
import { promisify } from "node:util";

const [concurrency, seconds] = process.argv.slice(2).map(Number);
const encoding = {
  privateKeyEncoding: { type: "pkcs8", format: "der" },
  publicKeyEncoding: { type: "spki", format: "der" },
};
const startedAt = performance.now();
let made = 0;
await Promise.all(
  Array.from({ length: concurrency }, async () => {
    while (performance.now() - startedAt < seconds * 1000) {
      await promisify(generateKeyPair)("rsa", { modulusLength: 2048, ...encoding });
      made += 1;
    }
  }),
);
process.stdout.write(String(made / ((performance.now() - startedAt) / 1000)));
