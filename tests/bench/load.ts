// Drives one server or several in turn, and takes medians, so that a machine that drifts drifts for all of them.
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { promisify } from "node:util";
import type { SignetServer } from "../support/signet-server.ts";

const WARM_UP_SECONDS = 1;
const CONNECTIONS = 64;

/** What is asked of a server. */
export type Target = {
  name: string;
  url: string;
  method?: "GET" | "POST";
  headers?: Record<string, string>;
  body?: string;
  /** Paths that are asked for in turn instead of the one in `url`. */
  requests?: { path: string }[];
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

/** Measures the targets one after the other, several rounds, and gives the median of each. */
export async function measure(targets: Target[], { seconds, rounds }: Effort): Promise<Measure[]> {
  const runs: Measure[][] = targets.map(() => []);
  for (const target of targets) await load(target, WARM_UP_SECONDS);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, target] of targets.entries()) runs[index]?.push(await load(target, seconds));
  }
  return runs.map(median);
}

/** One run. */
export async function load(target: Target, seconds: number): Promise<Measure> {
  const { name: _name, connections = CONNECTIONS, status = 200, ...options } = target;
  const words = [JSON.stringify({ ...options, connections, duration: seconds }), String(status)];
  const { stdout } = await promisify(execFile)(process.execPath, ["tests/bench/load.mjs", ...words]);
  return JSON.parse(stdout) as Measure;
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
  const sorted = [...values].sort((a, b) => a - b);
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

/** The load generator resolves no names, so that this costs the same for all. */
export function onAddress(url: string): string {
  return url.replace("localhost", "127.0.0.1");
}

/** Stops the benchmark when something failed. */
export function requireClean(what: string, failures: number): void {
  if (failures > 0) throw new Error(`${what}: ${failures} requests failed, so the numbers mean nothing`);
}
