// What a command can find out about the checkout before any package is installed, and how it brings it up to date.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const BUILD_STAMP = "dist/built";
const CLIENT_SOURCES = ["prisma/schema.prisma", "prisma/generate.ts", "package-lock.json"];
const SOURCES = ["app", "components", "lib", "prisma", "public"];
const SOURCE_FILES = [
  "server.ts",
  "instrumentation.ts",
  "next.config.mjs",
  "postcss.config.mjs",
  "tsconfig.json",
  "package-lock.json",
];

/** Runs a program in the foreground and ends this process when it fails. */
export function run(program, words, { env = process.env, explain = `${program} failed` } = {}) {
  const { status, error } = spawnSync(program, words, { stdio: "inherit", env });
  if (status === 0) return;
  process.stderr.write(`${explain}${error ? `: ${error.message}` : ""}\n`);
  process.exit(status ?? 1);
}

/** Installs the packages of package-lock.json when they are missing or older than it. */
export function installPackages() {
  requireNode();
  if (modifiedAt("node_modules/.package-lock.json") >= modifiedAt("package-lock.json")) return;
  process.stderr.write("Installing packages …\n");
  run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], { explain: "npm ci failed" });
}

/** Generates the database clients when they are missing, or older than the schema or what makes them. */
export function generateClients() {
  const generatedAt = modifiedAt("lib/db/generated/postgresql/client.ts");
  if (CLIENT_SOURCES.every((file) => modifiedAt(file) <= generatedAt)) return;
  process.stderr.write("Generating the database clients …\n");
  run(process.execPath, ["node_modules/tsx/dist/cli.mjs", "prisma/generate.ts"], { explain: "prisma generate failed" });
}

/** Builds when something is newer than the last build. */
export function buildIfStale() {
  if (isBuildCurrent()) return;
  process.stderr.write("Building …\n");
  run(process.execPath, ["lib/cli/build.mjs"], { explain: "the build failed" });
}

/** True when no source is newer than the last build. */
export function isBuildCurrent() {
  const builtAt = modifiedAt(BUILD_STAMP);
  if (builtAt === 0) return false;
  return (
    SOURCE_FILES.every((file) => modifiedAt(file) <= builtAt) && SOURCES.every((folder) => newestIn(folder) <= builtAt)
  );
}

/** Notes that what lies there now has been built. */
export function stampBuild() {
  mkdirSync("dist", { recursive: true });
  writeFileSync(BUILD_STAMP, "");
}

function newestIn(folder) {
  let newest = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name === "generated") continue;
    const path = join(folder, entry.name);
    newest = Math.max(newest, entry.isDirectory() ? newestIn(path) : modifiedAt(path));
  }
  return newest;
}

function modifiedAt(path) {
  return existsSync(path) ? statSync(path).mtimeMs : 0;
}

function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  process.stderr.write(`Signet needs Node.js 20.19 or newer; this is ${process.versions.node}.\n`);
  process.exit(1);
}
