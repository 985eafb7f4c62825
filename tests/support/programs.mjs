// The programs outside npm that the tests and the benchmarks need, and how Debian installs them.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

const OPENSSL = { packages: ["openssl"], isThere: () => hasProgram("openssl") };
/** What the tests need. */
export const TEST_PROGRAMS = [
  { packages: ["chromium"], isThere: () => hasProgram("chromium") },
  { packages: ["postgresql"], isThere: hasPostgres },
  { packages: ["xmlsec1"], isThere: () => hasProgram("xmlsec1") },
  OPENSSL,
  { packages: ["gnutls-bin"], isThere: () => hasProgram("certtool") },
  { packages: ["python3", "python3-jwt", "python3-cryptography"], isThere: hasPyJwt },
];
/** What the benchmarks need. */
export const BENCH_PROGRAMS = [{ packages: ["nghttp2-client"], isThere: () => hasProgram("h2load") }, OPENSSL];

/** Installs what is missing when this is root on Debian; otherwise says what to install, and ends. */
export function installPrograms(programs) {
  const missing = programs.filter(({ isThere }) => !isThere()).flatMap(({ packages }) => packages);
  if (missing.length === 0) return;
  const command = `apt-get install -y --no-install-recommends ${missing.join(" ")}`;
  if (process.getuid?.() !== 0 || !hasProgram("apt-get")) {
    process.stderr.write(`Programs that are needed here are not installed. As root: ${command}\n`);
    process.exit(1);
  }
  process.stderr.write(`Installing ${missing.join(", ")} …\n`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const isInstalled = [["update", "-q"], command.split(" ").slice(1)].every(
    (words) => spawnSync("apt-get", words, { stdio: ["ignore", "ignore", "inherit"], env }).status === 0,
  );
  if (isInstalled && programs.every(({ isThere }) => isThere())) return;
  process.stderr.write(`Could not install everything: ${command}\n`);
  process.exit(1);
}

function hasProgram(name) {
  return (process.env.PATH ?? "").split(":").some((folder) => folder !== "" && existsSync(join(folder, name)));
}

function hasPostgres() {
  const folder = "/usr/lib/postgresql";
  return existsSync(folder) && readdirSync(folder).some((version) => existsSync(join(folder, version, "bin/initdb")));
}

/** Debian's own Python, because its packages are not seen by another one that may stand first in the path. */
function hasPyJwt() {
  return spawnSync("/usr/bin/python3", ["-c", "import jwt, cryptography"], { stdio: "ignore" }).status === 0;
}
