// Starts a throw-away PostgreSQL from Debian's programs, for the tests and for writing migrations, and removes it afterwards.
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { Client } from "pg";

const DEBIAN_FOLDER = "/usr/lib/postgresql";
const START_TIMEOUT_MILLISECONDS = 30_000;

type PostgresServer = { url: string; stop: () => Promise<void> };
type Identity = { uid: number; gid: number } | Record<string, never>;

/** A running server with trust authentication on 127.0.0.1 and a socket in its folder; nothing in it is kept. */
export async function startPostgresServer(): Promise<PostgresServer> {
  const programs = findPrograms();
  const identity = serverIdentity();
  const folder = mkdtempSync(join(tmpdir(), "signet-postgres-"));
  if ("uid" in identity) chownSync(folder, identity.uid, identity.gid);
  const data = join(folder, "data");
  execFileSync(
    join(programs, "initdb"),
    ["-D", data, "-U", "postgres", "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C"],
    { cwd: folder, stdio: ["ignore", "ignore", "inherit"], ...identity },
  );
  writeFileSync(join(data, "postgresql.auto.conf"), serverSettings(folder));
  const port = await findFreePort();
  // With this signal at its parent's death, a run that is killed leaves no server behind.
  const words = ["--pdeathsig", "INT", join(programs, "postgres"), "-D", data, "-p", String(port)];
  const server = spawn("setpriv", words, { cwd: folder, stdio: ["ignore", "ignore", "ignore"], ...identity });
  const url = `postgresql://postgres@127.0.0.1:${port}/postgres`;
  const stop = async (): Promise<void> => {
    if (server.exitCode === null && server.kill("SIGINT")) await once(server, "exit");
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await untilItAnswers(url, server);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, stop };
}

function serverSettings(folder: string): string {
  return [
    `unix_socket_directories = '${folder}'`,
    "listen_addresses = '127.0.0.1'",
    "fsync = off",
    "synchronous_commit = off",
    "full_page_writes = off",
    "max_connections = 300",
    "autovacuum = off",
    "logging_collector = off",
    "",
  ].join("\n");
}

function findPrograms(): string {
  const versions = existsSync(DEBIAN_FOLDER) ? readdirSync(DEBIAN_FOLDER) : [];
  const newest = versions
    .map((version) => join(DEBIAN_FOLDER, version, "bin"))
    .filter((programs) => existsSync(join(programs, "initdb")))
    .sort()
    .at(-1);
  if (newest) return newest;
  throw new Error(
    `Nothing is tried on SQLite alone, and PostgreSQL's programs are not installed: apt-get install postgresql (looked in ${DEBIAN_FOLDER}/*/bin).`,
  );
}

/** PostgreSQL refuses to run as root, so root hands it to the user that Debian's package made. */
function serverIdentity(): Identity {
  if (process.getuid?.() !== 0) return {};
  const number = (flag: string): number =>
    Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] }));
  return { uid: number("-u"), gid: number("-g") };
}

async function findFreePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  if (address === null || typeof address === "string") throw new Error("no free port");
  return address.port;
}

async function untilItAnswers(url: string, server: ChildProcess): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MILLISECONDS;
  for (;;) {
    const client = new Client({ connectionString: url });
    try {
      await client.connect();
      await client.query("SELECT 1");
      return;
    } catch (error) {
      if (server.exitCode !== null || Date.now() > deadline) {
        throw new Error("the throw-away PostgreSQL did not start", { cause: error });
      }
      await setTimeout(50);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}
