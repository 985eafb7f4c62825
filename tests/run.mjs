// npm test: installs what is missing on a fresh Debian machine, builds, then runs every test, the browser's too.

import { buildIfStale, generateClients, installPackages, run } from "../lib/cli/installation.mjs";
import { installPrograms } from "./support/programs.mjs";

installPackages();
installPrograms();
generateClients();
buildIfStale();
run(process.execPath, ["node_modules/vitest/vitest.mjs", "run"], { explain: "tests failed" });
run(process.execPath, ["node_modules/@playwright/test/cli.js", "test"], { explain: "browser tests failed" });
