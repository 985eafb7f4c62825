// npm run signet -- …: installs and generates what is missing, then runs the built command, or its source when that is newer.
import { spawnSync } from "node:child_process";
import { generateClients, installPackages, isBuildCurrent } from "./installation.mjs";

installPackages();
generateClients();
const program = isBuildCurrent()
  ? ["dist/signet.js"]
  : ["--conditions=react-server", "--import", "tsx", "lib/cli/signet.ts"];
const { status } = spawnSync(process.execPath, [...program, ...process.argv.slice(2)], { stdio: "inherit" });
process.exit(status ?? 1);
