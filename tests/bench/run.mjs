// npm run bench [-- --seconds 4 --rounds 3]: Signet and its peers in one run on this machine, against the bars of the project.
import { buildIfStale, generateClients, installPackages, run } from "../../lib/cli/installation.mjs";
import { BENCH_PROGRAMS, installPrograms } from "../support/programs.mjs";

installPackages();
installPrograms(BENCH_PROGRAMS);
generateClients();
buildIfStale();
run(
  process.execPath,
  ["--conditions=react-server", "--import", "tsx", "tests/bench/bench.ts", ...process.argv.slice(2)],
  {
    explain: "the benchmark failed",
  },
);
