// npm run check: format, lint, types, unused code, house rules and every test that needs no browser.
import { buildIfStale, generateClients, installPackages, run } from "../lib/cli/installation.mjs";
import { installPrograms, TEST_PROGRAMS } from "./support/programs.mjs";

const STEPS = [
  ["format and lint", "node_modules/@biomejs/biome/bin/biome", "check", "--error-on-warnings"],
  ["types", "node_modules/typescript/bin/tsc", "--noEmit"],
  ["unused code", "node_modules/knip/bin/knip.js"],
  ["tests", "node_modules/vitest/vitest.mjs", "run"],
];

installPackages();
installPrograms(TEST_PROGRAMS);
generateClients();
buildIfStale();
for (const [name, ...words] of STEPS) {
  process.stdout.write(`\n— ${name}\n`);
  run(process.execPath, words, { explain: `check failed: ${name}` });
}
