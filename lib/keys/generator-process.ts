import "server-only";
// Starts the key generator as a child process when it is needed, and does without it when it cannot run.
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { KeyType } from "../crypto/algorithms.ts";
import type { GenerationAnswer, GenerationRequest } from "../crypto/key-generator.ts";
import type { KeyPairMaterial } from "../crypto/key-pair.ts";
import { log } from "../log.ts";

const IDLE_MILLISECONDS = 20_000;
const FIRST_BACKOFF_MILLISECONDS = 1000;
const LONGEST_BACKOFF_MILLISECONDS = 60_000;

type Job = (material: KeyPairMaterial | null) => void;
type Generator = { child: ChildProcess; jobs: Map<number, Job>; idle: NodeJS.Timeout | null };
type Supervisor = { generator: Generator | null; lastId: number; failures: number; notBefore: number };

// One child per process, not per bundle copy of this module.
const holder = globalThis as typeof globalThis & { signetKeyGenerator?: Supervisor };

function supervisor(): Supervisor {
  holder.signetKeyGenerator ??= { generator: null, lastId: 0, failures: 0, notBefore: 0 };
  return holder.signetKeyGenerator;
}

/**
 * A pair made by the child process, or null when there is no child to be had and the caller must make it itself.
 * The child does not keep this process alive; whoever waits for a pair does.
 */
export function generateInChild(type: KeyType): Promise<KeyPairMaterial | null> {
  const generator = supervisor().generator ?? start();
  if (generator === null) return Promise.resolve(null);
  return new Promise((done) => {
    const state = supervisor();
    state.lastId += 1;
    generator.jobs.set(state.lastId, done);
    const request = { id: state.lastId, algorithm: type.algorithm.name, rsaBits: type.rsaBits };
    generator.child.send(request satisfies GenerationRequest, (error) => {
      if (error) finish(generator, { id: request.id, material: null });
    });
    watchIdleness(generator);
  });
}

function start(): Generator | null {
  const state = supervisor();
  const program = resolve("dist", "key-generator.js");
  if (performance.now() < state.notBefore || !existsSync(program)) return null;
  const child = spawn(process.execPath, [program], {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    serialization: "advanced",
    // The child needs no configuration, and gets no secrets.
    env: { NODE_ENV: "production" },
  });
  const generator: Generator = { child, jobs: new Map(), idle: null };
  state.generator = generator;
  child.unref();
  child.channel?.unref();
  child.on("message", (answer) => {
    state.failures = 0;
    finish(generator, answer as GenerationAnswer);
  });
  child.on("error", (error) => end(generator, error));
  child.on("exit", () => end(generator, null));
  watchIdleness(generator);
  return generator;
}

function finish(generator: Generator, answer: GenerationAnswer): void {
  const done = generator.jobs.get(answer.id);
  generator.jobs.delete(answer.id);
  watchIdleness(generator);
  done?.(answer.material && readMaterial(answer.material));
}

/** The bytes arrive in one shared piece of memory; they get their own, so that they can be wiped. */
function readMaterial({ privateKeyDer, publicKeyDer }: KeyPairMaterial): KeyPairMaterial {
  return { privateKeyDer: Buffer.from(privateKeyDer), publicKeyDer: Buffer.from(publicKeyDer) };
}

/** Whoever still waits for the child makes the pair in this process; the child itself comes back after a while. */
function end(generator: Generator, error: Error | null): void {
  const state = supervisor();
  if (state.generator !== generator) return;
  state.generator = null;
  if (generator.idle) clearTimeout(generator.idle);
  if (generator.jobs.size === 0 && error === null) return;
  state.failures += 1;
  const backoff = Math.min(FIRST_BACKOFF_MILLISECONDS * 2 ** (state.failures - 1), LONGEST_BACKOFF_MILLISECONDS);
  state.notBefore = performance.now() + backoff;
  log().warn({ err: error, backoff }, "the key generator ended; pairs are made in this process meanwhile");
  for (const done of generator.jobs.values()) done(null);
}

function watchIdleness(generator: Generator): void {
  if (generator.idle) clearTimeout(generator.idle);
  generator.idle = null;
  if (generator.jobs.size > 0) return;
  // An idle child costs memory only, so it goes and is started again when it is needed.
  generator.idle = setTimeout(() => generator.child.connected && generator.child.disconnect(), IDLE_MILLISECONDS);
  generator.idle.unref();
}
