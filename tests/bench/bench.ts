// The benchmarks, with peers in the same run: `npm run bench`, or only some parts with `-- --only jwks,tokens`.
import { setTimeout } from "node:timers/promises";
import { parseArgs } from "node:util";
import { callApi } from "../support/api-client.ts";
import { startSignetServer } from "../support/signet-server.ts";
import { benchCertificates } from "./certificates.ts";
import { benchJwks, benchOrganizations } from "./jwks.ts";
import { type Bench, say } from "./load.ts";
import { measureMachine } from "./machine.ts";
import { memoryOf } from "./memory.ts";
import { benchPortal } from "./portal.ts";
import { signIn } from "./portal-session.ts";
import { noteAtMost, printReport } from "./report.ts";
import { benchRotations } from "./rotations.ts";
import { measureStarts } from "./starts.ts";
import { benchCertificateTokens, benchDiscovery, benchIntrospections, benchRefreshes, benchTokens } from "./tokens.ts";

const { values: options } = parseArgs({
  options: {
    seconds: { type: "string", default: "5" },
    rounds: { type: "string", default: "3" },
    /** Names of parts, with commas between. */
    only: { type: "string" },
    /** The DATABASE_URL to measure on; SQLite unless given. */
    database: { type: "string" },
  },
});
const ORGANIZATION = "acme-corp";
const PERMISSIONS = "certificates.manage,applications.manage,audit.view";
const IDLE_SECONDS = 25;

const PARTS: Record<string, (bench: Bench) => Promise<void>> = {
  memory: benchMemory,
  jwks: benchJwks,
  organizations: benchOrganizations,
  portal: benchPortal,
  tokens: async (bench) => {
    await benchTokens(bench, "RS256");
    await benchCertificateTokens(bench);
  },
  refreshes: benchRefreshes,
  introspections: benchIntrospections,
  discovery: benchDiscovery,
  rotations: benchRotations,
  es256: async (bench) => {
    await changeAlgorithm(bench, "ES256");
    await benchTokens(bench, "ES256");
  },
  certificates: async ({ server, effort }) => benchCertificates(server, await signIn(server), effort),
  starts: benchStarts,
};

const wanted = options.only?.split(",") ?? Object.keys(PARTS);
const unknown = wanted.filter((name) => !(name in PARTS));
if (unknown.length > 0) throw new Error(`no such part: ${unknown}; there are ${Object.keys(PARTS)}`);
const effort = { seconds: Number(options.seconds), rounds: Number(options.rounds) };
const isWhole = Object.values(effort).every((number) => Number.isInteger(number) && number > 0);
if (!isWhole) throw new Error("--seconds and --rounds are whole numbers from 1");
measureMachine();
const databaseUrl = options.database === undefined ? {} : { databaseUrl: options.database };
const server = await startSignetServer({ environment: { SIGNET_LOG_LEVEL: "warn" }, ...databaseUrl });
try {
  const token = server.command("token", "create", "--org", ORGANIZATION, "--permissions", PERMISSIONS);
  for (const name of wanted) await PARTS[name]?.({ server, token, organizationId: ORGANIZATION, effort });
} finally {
  await server.stop();
}
if (!printReport()) process.exitCode = 1;

async function benchMemory({ server }: Bench): Promise<void> {
  say(`memory after ${IDLE_SECONDS} s of rest …`);
  await setTimeout(IDLE_SECONDS * 1000);
  const { total, parts } = memoryOf(server.pid());
  noteAtMost("memory at rest, sum of processes", parts, total, [300, 220], "MB");
}

async function changeAlgorithm({ server, token }: Bench, algorithm: string): Promise<void> {
  const next = await callApi(server.url, token, { method: "PUT", path: "signing-key/next", body: { algorithm } });
  const body = { override_reason: "benchmark" };
  const rotated = await callApi(server.url, token, { method: "POST", path: "signing-key/rotate", body });
  if (next.status !== 200 || rotated.status !== 200) throw new Error(`${next.text} ${rotated.text}`);
}

async function benchStarts(): Promise<void> {
  say("starts …");
  const { jwks, page } = await measureStarts(7);
  noteAtMost("start to first JWKS", `median of 7`, jwks, [0.8, 0.4], "s");
  noteAtMost("start to first page", `median of 7`, page, [1.5, 0.7], "s");
}
