// Measures managed certificates: the list with 10,000 of them, how fast they are generated, and how fast uploaded.
import { execFile, execFileSync } from "node:child_process";
import { promisify } from "node:util";
import { callApi } from "../support/api-client.ts";
import { newPair } from "../support/pairs.ts";
import type { SignetServer } from "../support/signet-server.ts";
import { type Effort, inMilliseconds, load, quantile } from "./load.ts";
import { noteAtLeast, noteAtMost } from "./report.ts";

const ORGANIZATION = "bench-certificates";
const CERTIFICATES = 10_000;
const GENERATED_AT_ONCE = 8;
const UPLOADED_AT_ONCE = 8;
const UPLOADS = 200;
/** Not counted: a list is asked for the first time. */
const FIRST_LOOK_SECONDS = 1;
/** Whatever `--rounds` says: the time of one key pair varies by half of it, so that a few would tell little. */
const GENERATION_ROUNDS = 9;
/** One for each round, because a program may ask for no more than 120 in a minute; the first one has the list. */
const PROGRAMS = 1 + GENERATION_ROUNDS;

type Bearer = { organization: string; token: string };

/** All of it; `cookie` is that of a person who may see every organization of the server. */
export async function benchCertificates(server: SignetServer, cookie: string, effort: Effort): Promise<void> {
  const bearers = Array.from({ length: PROGRAMS }, (_, index) => createBearer(server, `${ORGANIZATION}-${index}`));
  const [first] = bearers;
  if (first === undefined) throw new Error("no program");
  await benchList(server, { ...first, cookie }, effort.seconds);
  await benchGeneration(server, bearers.slice(1), effort.seconds);
  await benchUploads(server, bearers);
}

function createBearer(server: SignetServer, organization: string): Bearer {
  server.command("org", "create", organization, "--name", organization);
  const words = ["token", "create", "--org", organization, "--permissions", "certificates.manage"];
  return { organization, token: server.command(...words) };
}

async function generate(server: SignetServer, token: string, key_algorithm: string): Promise<void> {
  const body = { name: "bench", key_algorithm };
  const answer = await callApi(server.url, token, { method: "POST", path: "certificates", body });
  if (answer.status !== 201) throw new Error(`generate answered ${answer.status}: ${answer.text}`);
}

async function benchList(server: SignetServer, who: Bearer & { cookie: string }, seconds: number): Promise<void> {
  process.stdout.write(`lists of ${CERTIFICATES.toLocaleString("en")} certificates …\n`);
  await generate(server, who.token, "ecdsa-p256");
  const program = ["--conditions=react-server", "--import", "tsx", "tests/bench/many-certificates.ts"];
  const environment = { ...process.env, ...server.environment };
  execFileSync(process.execPath, [...program, who.organization, String(CERTIFICATES)], { env: environment });
  const api = { authorization: `Bearer ${who.token}` };
  const person = { cookie: who.cookie };
  const page = `${server.url}/orgs/${who.organization}/portal/certificates`;
  const targets: [string, string, Record<string, string>, [number, number]][] = [
    ["API, by name", `${server.url}/api/v1/admin/certificates?limit=50`, api, [50, 25]],
    [
      "API, by expiry, from the end",
      `${server.url}/api/v1/admin/certificates?limit=50&sort=-expires_at`,
      api,
      [50, 25],
    ],
    ["API, searched", `${server.url}/api/v1/admin/certificates?limit=50&search=service%2000777`, api, [100, 50]],
    ["page", page, person, [150, 75]],
    ["page, by expiry", `${page}?sort=expires_at`, person, [150, 75]],
  ];
  for (const [name, url, headers, bars] of targets) {
    const target = { name, url, headers, connections: 1 };
    const { p50, p99, rate } = await load(target, seconds, FIRST_LOOK_SECONDS);
    const numbers = `p50 ${inMilliseconds(p50)}, p99 ${inMilliseconds(p99)}, ${rate.toFixed(0)}/s on one connection`;
    noteAtMost(`10,000 certificates, ${name}, p99`, numbers, p99, bars, "ms");
  }
}

async function benchGeneration(server: SignetServer, bearers: Bearer[], seconds: number): Promise<void> {
  process.stdout.write("RSA 2048 certificates, beside bare key pairs …\n");
  await generate(server, bearers[0]?.token ?? "", "rsa2048");
  let [own, bare] = [0, 0];
  // In turn, and added up: the machine drifts for both, and luck with primes evens out over all rounds.
  for (const { token } of bearers) {
    bare += (await bareRate(seconds)) / bearers.length;
    own += (await rateOf(GENERATED_AT_ONCE, seconds, () => generate(server, token, "rsa2048"))) / bearers.length;
  }
  const numbers = `${own.toFixed(1)}/s, ${bare.toFixed(1)}/s`;
  noteAtLeast("RSA 2048 certificates against bare key pairs", numbers, own / bare, [0.9, 1]);
}

async function bareRate(seconds: number): Promise<number> {
  const words = ["tests/bench/peers/bare-key-pairs.mjs", String(GENERATED_AT_ONCE), String(seconds)];
  const { stdout } = await promisify(execFile)(process.execPath, words);
  return Number(stdout);
}

/** How often a second `work` is done, counting what ends after the time was up. */
async function rateOf(concurrency: number, seconds: number, work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  let done = 0;
  const workers = Array.from({ length: concurrency }, async () => {
    while (performance.now() - startedAt < seconds * 1000) {
      await work();
      done += 1;
    }
  });
  await Promise.all(workers);
  return done / ((performance.now() - startedAt) / 1000);
}

async function benchUploads(server: SignetServer, bearers: Bearer[]): Promise<void> {
  process.stdout.write("uploads …\n");
  const pairs: Record<string, string>[] = [];
  for (let index = 0; index < UPLOADS; index += 1) pairs.push(await newPair(`upload ${index}`));
  let next = 0;
  /** Uploads what is left up to a number, and gives the times. */
  const uploadUntil = async (end: number): Promise<number[]> => {
    const times: number[] = [];
    while (next < end) {
      const [pair, { token = "" } = {}] = [pairs[next], bearers[next % bearers.length]];
      next += 1;
      const startedAt = performance.now();
      const answer = await callApi(server.url, token, { method: "POST", path: "certificates/upload", body: pair });
      times.push(performance.now() - startedAt);
      if (answer.status !== 201) throw new Error(`upload answered ${answer.status}: ${answer.text}`);
    }
    return times;
  };
  const alone = await uploadUntil(UPLOADS / 2);
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: UPLOADED_AT_ONCE }, () => uploadUntil(UPLOADS)));
  const rate = UPLOADS / 2 / ((performance.now() - startedAt) / 1000);
  const numbers = `p95 ${quantile(alone, 0.95).toFixed(0)} ms, and ${rate.toFixed(0)} uploads/s with ${UPLOADED_AT_ONCE} at a time`;
  noteAtMost("an upload, one after the other, p50", numbers, quantile(alone, 0.5), [100, 50], "ms");
}
