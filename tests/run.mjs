// npm test: installs what is missing on a fresh Debian machine, builds, then does every check and runs every test, the browser's too.
import { run } from "../lib/cli/installation.mjs";
import "./check.mjs";

process.stdout.write("\n— browser\n");
run(process.execPath, ["node_modules/@playwright/test/cli.js", "test"], { explain: "browser tests failed" });
