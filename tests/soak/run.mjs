// npm run soak [-- --minutes 10 --interval 0]: rotates, issues, refreshes, verifies and drops for minutes, and counts what fails.
import { buildIfStale, generateClients, installPackages, run } from "../../lib/cli/installation.mjs";

installPackages();
generateClients();
buildIfStale();
run(
  process.execPath,
  ["--conditions=react-server", "--import", "tsx", "tests/soak/soak.ts", ...process.argv.slice(2)],
  { explain: "the soak failed" },
);
