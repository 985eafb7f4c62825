// npm run quickstart: from a fresh checkout to a running portal with the demo organization; a second run keeps the data.
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { setTimeout } from "node:timers/promises";
import { buildIfStale, generateClients, installPackages, run } from "./installation.mjs";

const OWNER_FILE = "data/first-owner.json";
const READY_TIMEOUT_MILLISECONDS = 60_000;

if (existsSync(".env")) process.loadEnvFile(".env");
const port = Number(process.env.PORT || 3000);
const url = process.env.SIGNET_PUBLIC_URL || `http://localhost:${port}`;
await requireFreePort();
installPackages();
generateClients();
buildIfStale();
const owner = firstOwner();
const environment = { ...process.env, SIGNET_ADMIN_EMAIL: owner.email, SIGNET_ADMIN_PASSWORD: owner.password ?? "" };
run(process.execPath, ["dist/seed.js"], { env: environment, explain: "the demo data could not be written" });
const server = spawn(process.execPath, ["dist/server.js"], { env: environment, stdio: "inherit" });
server.on("exit", (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => server.kill(signal));
await untilPagesAreServed();
process.stdout.write(
  `\n  Signet runs\n\n    Portal    ${url}\n    Email     ${owner.email}\n    Password  ${owner.password ?? "the one you have"}\n` +
    `    JWKS      ${url}/orgs/acme-corp/.well-known/jwks.json\n\n  Ctrl-C stops it; the data stays in data/.\n\n`,
);

/** The credentials of the first owner: from the environment, or made once and kept beside the data. */
function firstOwner() {
  const email = process.env.SIGNET_ADMIN_EMAIL || "admin@example.com";
  if (process.env.SIGNET_ADMIN_PASSWORD) return { email, password: process.env.SIGNET_ADMIN_PASSWORD };
  if (existsSync(OWNER_FILE)) return JSON.parse(readFileSync(OWNER_FILE, "utf8"));
  // Somebody started Signet here before, so there is an owner whose password nobody but them knows.
  if (existsSync("data/signet.db")) return { email, password: undefined };
  const owner = { email, password: randomBytes(12).toString("base64url") };
  mkdirSync("data", { recursive: true, mode: 0o700 });
  writeFileSync(OWNER_FILE, `${JSON.stringify(owner)}\n`, { mode: 0o600 });
  return owner;
}

async function requireFreePort() {
  const taken = await new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", (error) => resolve(error.code === "EADDRINUSE"));
    probe.listen(port, process.env.HOST || "127.0.0.1", () => probe.close(() => resolve(false)));
  });
  if (!taken) return;
  process.stderr.write(
    `Port ${port} is taken; stop what uses it, or choose another one: PORT=3001 npm run quickstart\n`,
  );
  process.exit(1);
}

async function untilPagesAreServed() {
  const deadline = Date.now() + READY_TIMEOUT_MILLISECONDS;
  while (Date.now() < deadline) {
    const response = await fetch(`http://127.0.0.1:${port}/sign-in`).catch(() => null);
    if (response?.ok) return;
    await setTimeout(100);
  }
  process.stderr.write("The portal does not answer; see the log above.\n");
}
