// Minutes of everything at once on a server of its own: no verification may fail, and memory must stay flat.
import { setTimeout } from "node:timers/promises";
import { parseArgs } from "node:util";
import { startSignetServer } from "../support/signet-server.ts";
import { SoakRecord } from "./record.ts";
import { prepareWork, type Work } from "./workers.ts";

const ROTATE_MILLISECONDS = 5000;
const SIGN_IN_MILLISECONDS = 10_000;
const SAMPLE_MILLISECONDS = 1000;
const PROGRESS_MILLISECONDS = 30_000;
/** Shorter ones may end before the first key is safe. */
const DROPPING_MINUTES = 3;
/** A third of these is longer than any key stays, so that from then on as many keys go as come. */
const STEADY_MINUTES = 8;

const { values: options } = parseArgs({
  options: {
    minutes: { type: "string", default: "10" },
    /** Milliseconds from one token, refresh or verification to the next; 0 is without pause. */
    interval: { type: "string", default: "0" },
    /** The DATABASE_URL to run on; SQLite unless given. */
    database: { type: "string" },
  },
});
const [minutes, interval] = [Number(options.minutes), Number(options.interval)];
if (!(minutes > 0) || !(interval >= 0)) throw new Error("--minutes is a number above 0, --interval one from 0 on.");

const record = new SoakRecord();
const databaseUrl = options.database === undefined ? {} : { databaseUrl: options.database };
const server = await startSignetServer({ environment: { SIGNET_LOG_LEVEL: "error" }, ...databaseUrl });
try {
  const work = await prepareWork(server, record);
  const processes = `${server.pid()} ${server.portalPid()}`;
  const end = Date.now() + minutes * 60_000;
  const watch = async (): Promise<void> => {
    record.sample(server);
    if (`${server.pid()} ${server.portalPid()}` !== processes) throw new Error("a process was started again");
  };
  await Promise.all([
    repeat("rotate and drop", { every: ROTATE_MILLISECONDS, end }, work.rotate),
    repeat("sign in", { every: SIGN_IN_MILLISECONDS, end }, work.signIn),
    repeat("issue", { every: interval, end }, work.issue),
    repeat("refresh", { every: interval, end }, work.refresh),
    repeat("verify", { every: interval, end }, work.verify),
    repeat("watch", { every: SAMPLE_MILLISECONDS, end }, watch),
    repeat("tell", { every: PROGRESS_MILLISECONDS, end }, async () => console.error(record.progress())),
  ]);
} finally {
  await server.stop();
}
for (const line of server.output().split("\n")) if (line.startsWith("{")) record.fail("the server's log", line);
console.log(`A soak of ${minutes} minutes:`);
const always = ["issued", "signed in", "refreshed", "verified", "rotated"] as const;
const needed = minutes < DROPPING_MINUTES ? always : ([...always, "dropped", "revoked"] as const);
if (!record.report(needed, minutes >= STEADY_MINUTES)) process.exitCode = 1;

/** Works again and again until time is up; what fails is noted, and the next round comes all the same. */
async function repeat(name: string, { every, end }: { every: number; end: number }, work: Work): Promise<void> {
  while (Date.now() < end) {
    const startedAt = Date.now();
    await work().catch((error: unknown) => record.fail(name, error));
    await setTimeout(Math.max(0, Math.min(startedAt + every, end) - Date.now()));
  }
}
