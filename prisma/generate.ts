// Generates one Prisma client per database from the one schema, by replacing its provider and output.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const schema = readFileSync("prisma/schema.prisma", "utf8");
const folder = mkdtempSync(join(tmpdir(), "signet-schema-"));
try {
  for (const provider of ["sqlite", "postgresql"]) {
    const output = resolve("lib/db/generated", provider);
    mkdirSync(output, { recursive: true });
    const file = join(folder, `${provider}.prisma`);
    writeFileSync(
      file,
      schema
        .replace('provider = "sqlite"', `provider = "${provider}"`)
        .replace('"../lib/db/generated/sqlite"', JSON.stringify(output)),
    );
    execFileSync(process.execPath, ["node_modules/prisma/build/index.js", "generate", "--schema", file, "--no-hints"], {
      stdio: ["ignore", "ignore", "inherit"],
    });
    compileBeside(join(output, "internal/class.ts"));
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** The query compiler becomes machine code beside everything else, not instead of it: it takes a fifth of a second. */
function compileBeside(file: string): void {
  const generated = readFileSync(file, "utf8");
  const blocking = "return new WebAssembly.Module(wasmArray)";
  if (!generated.includes(blocking)) throw new Error(`${file} does not compile its WebAssembly as expected.`);
  writeFileSync(file, generated.replace(blocking, "return WebAssembly.compile(wasmArray)"));
}
