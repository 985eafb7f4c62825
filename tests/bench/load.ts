// Drives one server or several in turn, and takes medians, so that a machine that drifts drifts for all of them. The load comes
// from h2load, which takes little of the cores that it shares with the servers, and times each request by itself.
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { SignetServer } from "../support/signet-server.ts";

/** Until all connections are open, and the processes have found their cores and how busy they are. */
const SETTLE_SECONDS = 0.5;
/** The machine drifts from second to second, by a third and more. */
const TURN_SECONDS = 1;
const CONNECTIONS = 64;

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
export type Measure = { rate: number; p99: number; p50: number; failures: number };

/** Where it is measured: a server with an organization, and a bearer of its management API. */
export type Bench = { server: SignetServer; token: string; organizationId: string; effort: Effort };

/** How long and how often each target is measured. */
export type Effort = { seconds: number; rounds: number };

/** Measures the targets in turn for as long as the rounds take, and gives the median of each. */
export async function measure(targets: Target[], { seconds, rounds }: Effort): Promise<Measure[]> {
  const runs: Measure[][] = targets.map(() => []);
  for (const target of targets) await load(target, TURN_SECONDS);
  for (let turn = 0; turn < (seconds * rounds) / TURN_SECONDS; turn += 1) {
    for (const [index, target] of targets.entries()) runs[index]?.push(await load(target, TURN_SECONDS));
  }
  return runs.map(median);
}

/** One run of whole seconds; what comes before them is not counted. */
export async function load(target: Target, seconds: number, settleSeconds = SETTLE_SECONDS): Promise<Measure> {
  const folder = mkdtempSync(join(tmpdir(), "signet-bench-"));
  try {
    const words = ["--h1", "--threads", "1", "--clients", String(target.connections ?? CONNECTIONS)];
    const time = ["--duration", `${seconds}s`, "--warm-up-time", `${settleSeconds * 1000}ms`];
    const log = join(folder, "log");
    await promisify(execFile)("h2load", [...words, ...time, "--log-file", log, ...toWords(target, folder)]);
    return toMeasure(readFileSync(log, "utf8"), target.status ?? 200, seconds);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The words of h2load that say what is asked; longer ones go through files. */
function toWords({ url, headers = {}, body, paths }: Target, folder: string): string[] {
  const words = Object.entries(headers).flatMap(([name, value]) => ["--header", `${name}: ${value}`]);
  if (body !== undefined) {
    writeFileSync(join(folder, "body"), body);
    words.push("--data", join(folder, "body"));
  }
  if (paths === undefined) return [...words, url];
  writeFileSync(join(folder, "urls"), paths.map((path) => `${new URL(path, url)}\n`).join(""));
  return [...words, "--input-file", join(folder, "urls")];
}

/** A line for each answer: when it was asked, its status (-1 if there was none), and how many microseconds it took. */
function toMeasure(log: string, status: number, seconds: number): Measure {
  const lines = log.trimEnd().split("\n");
  // What began to come before the time that counts has no status.
  const answers = lines.map((line) => line.split("\t").map(Number)).filter(([, answered]) => answered !== 0);
  const times = answers.map(([, , microseconds = 0]) => microseconds / 1000).sort((a, b) => a - b);
  return {
    rate: answers.length / seconds,
    p50: quantileOfSorted(times, 0.5),
    p99: quantileOfSorted(times, 0.99),
    failures: answers.filter(([, answered]) => answered !== status).length,
  };
}

/** Starts a peer and waits until it answers at its path; the function stops it. */
export async function startPeer(words: string[], url: string): Promise<() => Promise<void>> {
  const child = spawn(process.execPath, words, {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, NODE_ENV: "production" },
  });
  for (let tries = 0; ; tries += 1) {
    const answered = await fetch(url).catch(() => null);
    await answered?.arrayBuffer();
    if (answered) break;
    if (tries > 200 || child.exitCode !== null) throw new Error(`${words[0]} does not answer at ${url}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return async () => {
    const exited = once(child, "exit");
    child.kill();
    await exited;
  };
}

function median(runs: Measure[]): Measure {
  const middle = (values: number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
  return {
    rate: middle(runs.map((run) => run.rate)),
    p99: middle(runs.map((run) => run.p99)),
    p50: middle(runs.map((run) => run.p50)),
    failures: runs.reduce((sum, run) => sum + run.failures, 0),
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

/** The load generator resolves no names, so that this costs the same for all. */
export function onAddress(url: string): string {
  return url.replace("localhost", "127.0.0.1");
}

/** Stops the benchmark when something failed. */
export function requireClean(what: string, failures: number): void {
  if (failures > 0) throw new Error(`${what}: ${failures} requests failed, so the numbers mean nothing`);
}
