// How fast this machine is: bars in milliseconds were set on one that makes 2,900 RSA signatures a second.
import { generateKeyPairSync, sign } from "node:crypto";
import { perSecond } from "./load.ts";
import { noteOnly } from "./report.ts";

/** RSA 2048 signatures a second of one core where the bars were set, by `openssl speed`, which is 2 % ahead of what is measured here. */
const SIGNATURES_THERE = 2900;
const MILLISECONDS = 2000;

/** Notes the speed of one core, which nothing else may use meanwhile. */
export function measureMachine(): void {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const message = Buffer.alloc(300);
  const startedAt = performance.now();
  let count = 0;
  for (; performance.now() - startedAt < MILLISECONDS; count += 1) sign("sha256", message, privateKey);
  const rate = count / ((performance.now() - startedAt) / 1000);
  const numbers = `${perSecond(rate)} RSA 2048 on one core, ${perSecond(SIGNATURES_THERE)} where the bars were set`;
  noteOnly("the speed of this machine", numbers, rate / SIGNATURES_THERE);
}
