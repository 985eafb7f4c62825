// Starts the built product (dist/server.js, public plane and portal) on a database and a port of its own, as an administrator would.
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";

const START_TIMEOUT_MILLISECONDS = 60_000;

/** The first owner of every server that tests start. */
export const OWNER = { email: "owner@acme.example", password: "correct-horse-battery" };

/** A running server; `crash` is kill -9 of the public plane and its portal, `restart` starts it again on the same data. */
export type SignetServer = {
  url: string;
  environment: Record<string, string>;
  /** Process id of the public plane. */
  pid: () => number;
  /** Process id of the portal, read from the system. */
  portalPid: () => number;
  /** Everything that was printed so far. */
  output: () => string;
  /** Runs `npm run signet -- …` on the same data and returns its standard output, trimmed. */
  command: (...words: string[]) => string;
  crash: () => Promise<void>;
  /** SIGTERM, as a service manager sends it; resolves at its end. */
  halt: () => Promise<void>;
  restart: () => Promise<void>;
  stop: () => Promise<void>;
};

type StartOptions = { databaseUrl?: string; environment?: Record<string, string>; isPortalAwaited?: boolean };

/** Starts a server and waits until it is ready; with `isPortalAwaited` (the default) also until pages are served. */
export async function startSignetServer(options: StartOptions = {}): Promise<SignetServer> {
  if (!existsSync("dist/server.js") || !existsSync(".next/BUILD_ID")) {
    throw new Error("There is no build; run `npm run build` first.");
  }
  const folder = mkdtempSync(join(tmpdir(), "signet-server-"));
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const environment: Record<string, string> = {
    SIGNET_MODE: "development",
    SIGNET_PUBLIC_URL: url,
    DATABASE_URL: options.databaseUrl ?? `file:${join(folder, "signet.db")}`,
    SIGNET_MASTER_KEY: randomBytes(32).toString("base64"),
    NEXTAUTH_SECRET: randomBytes(32).toString("base64"),
    SIGNET_ADMIN_EMAIL: OWNER.email,
    SIGNET_ADMIN_PASSWORD: OWNER.password,
    SIGNET_DEFAULT_ORG: "acme-corp",
    PORT: String(port),
    ...options.environment,
  };
  let output = "";
  let child: ChildProcess;
  const launch = async (): Promise<void> => {
    child = spawn(process.execPath, ["dist/server.js"], {
      env: { ...process.env, NODE_OPTIONS: "", NODE_ENV: "production", ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk: Buffer) => (output += chunk));
    await untilAnswers(`${url}/readyz`, child, () => output);
    if (options.isPortalAwaited !== false) await untilAnswers(`${url}/sign-in`, child, () => output);
  };
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, "exit");
    child.kill(signal);
    await exited;
  };
  await launch();
  return {
    url,
    environment,
    pid: () => child.pid ?? 0,
    portalPid: () => portalOf(child.pid ?? 0),
    output: () => output,
    command: (...words) =>
      execFileSync("npm", ["run", "signet", "--", ...words], {
        env: { ...process.env, NODE_OPTIONS: "", ...environment },
        encoding: "utf8",
        stdio: ["ignore", "pipe", "pipe"],
      }).trim(),
    crash: async () => {
      const portal = portalOf(child.pid ?? 0);
      await end("SIGKILL");
      if (portal > 0) kill(portal);
    },
    halt: () => end("SIGTERM"),
    restart: launch,
    stop: async () => {
      await end("SIGTERM");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Stops a process at once; one that is gone already is fine. */
export function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** Asks until the answer is below 500. */
export async function untilAnswers(url: string, child: ChildProcess | null, output: () => string): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MILLISECONDS;
  for (;;) {
    const response = await fetch(url, { redirect: "manual" }).catch(() => null);
    await response?.arrayBuffer();
    if (response && response.status < 500) return;
    if (child && child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode}:\n${output()}`);
    if (Date.now() > deadline) throw new Error(`${url} did not answer in time:\n${output()}`);
    await setTimeout(25);
  }
}

function portalOf(parent: number): number {
  const children = readFileSync(`/proc/${parent}/task/${parent}/children`, "utf8").trim().split(/\s+/).filter(Boolean);
  const portal = children.find((pid) => readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("portal"));
  return Number(portal ?? 0);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  if (address === null || typeof address === "string") throw new Error("no port is free");
  return address.port;
}
