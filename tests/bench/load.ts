// Drives one server or several in turn, so that a machine that drifts drifts for all of them. The load comes from h2load, which
// takes little of the cores that it shares with the servers, and times each request by itself.
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { SignetServer } from "../support/signet-server.ts";

/** Not counted: connections open, and the processes find their cores. */
const SETTLE_SECONDS = 0.5;
/** Targets take turns this long, because the speed of the machine drifts by a third from one second to the next. */
const TURN_SECONDS = 1;
const CONNECTIONS = 64;
/** Less of what the connections could have waited for means that some were lost. */
const LEAST_LOAD = 0.8;

/** What is asked of a server. */
export type Target = {
  name: string;
  url: string;
  headers?: Record<string, string>;
  /** With one the method is POST. */
  body?: string;
  /** Paths that are asked for in turn instead of the one in `url`. */
  paths?: string[];
  connections?: number;
  /** What every answer must have, 200 unless told; any other one is a failure. */
  status?: number;
};

/** Requests a second, and milliseconds. */
export type Measure = { rate: number; p99: number; p50: number };

/** What one run of the load generator tells: how many answers a second, and how many milliseconds each took. */
type Run = { rate: number; times: number[] };

/** Where it is measured: a server with an organization, and a bearer of its management API. */
export type Bench = { server: SignetServer; token: string; organizationId: string; effort: Effort };

/** Each target is measured for as long as all rounds take together; seconds are whole. */
export type Effort = { seconds: number; rounds: number };

/** Measures the targets in turn. @throws when one of them fails, or cannot keep its connections */
export async function measure(targets: Target[], { seconds, rounds }: Effort): Promise<Measure[]> {
  const runs: Run[][] = targets.map(() => []);
  for (const target of targets) await runLoad(target, TURN_SECONDS, SETTLE_SECONDS);
  for (let turn = 0; turn < (seconds * rounds) / TURN_SECONDS; turn += 1) {
    for (const [index, target] of targets.entries()) {
      runs[index]?.push(await runLoad(target, TURN_SECONDS, SETTLE_SECONDS));
    }
  }
  return runs.map(toMeasure);
}

/** One run of whole seconds. @throws as {@link measure} */
export async function load(target: Target, seconds: number, settleSeconds = SETTLE_SECONDS): Promise<Measure> {
  return toMeasure([await runLoad(target, seconds, settleSeconds)]);
}

async function runLoad(target: Target, seconds: number, settleSeconds: number): Promise<Run> {
  const folder = mkdtempSync(join(tmpdir(), "signet-bench-"));
  const { name, connections = CONNECTIONS, status = 200 } = target;
  try {
    const words = ["--h1", "--threads", "1", "--clients", String(connections)];
    const time = ["--duration", `${seconds}s`, "--warm-up-time", `${settleSeconds * 1000}ms`];
    const log = join(folder, "log");
    const asked = toWords(target, folder);
    const { stdout } = await promisify(execFile)("h2load", [...words, ...time, "--log-file", log, ...asked]);
    const { times, failures } = readLog(readFileSync(log, "utf8"), status);
    const lost = lostRequests(stdout);
    if (failures + lost > 0)
      throw new Error(`${name}: ${failures} answers are not ${status}, ${lost} requests got none`);
    const load = times.reduce((sum, time) => sum + time, 0) / 1000 / seconds / connections;
    if (load < LEAST_LOAD) throw new Error(`${name}: only ${load.toFixed(2)} of the connections asked all the time`);
    return { rate: times.length / seconds, times };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Of requests whose connection broke there is no line in the log, only a number in the summary. */
function lostRequests(summary: string): number {
  const counts = /(\d+) failed, (\d+) errored, (\d+) timeout/.exec(summary);
  if (counts === null) throw new Error(`h2load printed no summary: ${summary}`);
  return counts.slice(1).reduce((sum, count) => sum + Number(count), 0);
}

/**
 * Reads the log of h2load: a line for each answer that ended in the time that counts, with the moment it was asked for, its
 * status, and how many microseconds it took. The status is 0 when it came before that time, and the end within.
 */
export function readLog(log: string, status: number): { times: number[]; failures: number } {
  const answers = log.split("\n").flatMap((line) => (line === "" ? [] : [line.split("\t").map(Number)]));
  return {
    times: answers.map(([, , microseconds = Number.NaN]) => microseconds / 1000),
    failures: answers.filter(([, answered]) => answered !== 0 && answered !== status).length,
  };
}

/** The words of h2load that say what is asked; longer ones go through files. */
function toWords({ url, headers = {}, body, paths }: Target, folder: string): string[] {
  const { port } = new URL(url);
  // Names are not looked up: `localhost` may lead to an address at which nobody listens.
  const words = ["--connect-to", `127.0.0.1:${port}`];
  for (const [name, value] of Object.entries(headers)) words.push("--header", `${name}: ${value}`);
  if (body !== undefined) {
    writeFileSync(join(folder, "body"), body);
    words.push("--data", join(folder, "body"));
  }
  if (paths === undefined) return [...words, url];
  writeFileSync(join(folder, "urls"), paths.map((path) => `${new URL(path, url)}\n`).join(""));
  return [...words, "--input-file", join(folder, "urls")];
}

/** Starts a peer and waits until it answers at its path; the function stops it. */
export async function startPeer(words: string[], url: string): Promise<() => Promise<void>> {
  const child = spawn(process.execPath, words, {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, NODE_ENV: "production" },
  });
  // A run that ends early must not leave it at its port for the next one.
  process.once("exit", () => child.kill());
  for (let tries = 0; ; tries += 1) {
    const answered = await fetch(url).catch(() => null);
    await answered?.arrayBuffer();
    if (answered) break;
    if (tries > 200 || child.exitCode !== null) throw new Error(`${words[0]} does not answer at ${url}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return async () => {
    // Then whoever answered was somebody else, at a port that was taken.
    if (child.exitCode !== null) throw new Error(`${words[0]} ended by itself with ${child.exitCode}`);
    const exited = once(child, "exit");
    child.kill();
    await exited;
  };
}

/** The times of all runs together; of the rates the mean of the middle half, since a neighbour may have had one of the turns. */
function toMeasure(runs: Run[]): Measure {
  const times = runs.flatMap((run) => run.times).sort((a, b) => a - b);
  const rates = runs.map(({ rate }) => rate).sort((a, b) => a - b);
  const aside = Math.floor(rates.length / 4);
  const middle = rates.slice(aside, rates.length - aside);
  return {
    rate: middle.reduce((sum, rate) => sum + rate, 0) / middle.length,
    p50: quantileOfSorted(times, 0.5),
    p99: quantileOfSorted(times, 0.99),
  };
}

/** The value below which this share of the numbers lies. */
export function quantile(values: number[], share: number): number {
  return quantileOfSorted(
    [...values].sort((a, b) => a - b),
    share,
  );
}

function quantileOfSorted(sorted: number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}

/** Tells what is being measured. */
export function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** A rate to read. */
export function perSecond(rate: number): string {
  return `${Math.round(rate).toLocaleString("en")}/s`;
}

/** Milliseconds to read. */
export function inMilliseconds(value: number): string {
  return `${value.toFixed(value < 20 ? 1 : 0)} ms`;
}
