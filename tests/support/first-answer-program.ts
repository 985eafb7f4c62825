// Starts as a process does, answers one JWKS, then asks Prisma's client; prints how often a query compiler was made before and after.
import { database } from "../../lib/db/client.ts";
import { getJwksDocument } from "../../lib/jwks/service.ts";
import { prepareStorage } from "../../lib/start.ts";

/** Node's own modules are far smaller. */
const SMALLEST_COMPILER_BYTES = 1_000_000;

let compilers = 0;
const { compile } = WebAssembly;
WebAssembly.compile = (bytes) => {
  if (bytes.byteLength >= SMALLEST_COMPILER_BYTES) compilers += 1;
  return compile(bytes);
};
await prepareStorage();
const { json } = await getJwksDocument(process.argv[2] ?? "");
const before = compilers;
await database().organization.count();
process.stdout.write(JSON.stringify({ keys: JSON.parse(json).keys.length, before, after: compilers }));
process.exit(0);
