import "server-only";
// Starts the portal as a child process and starts it again, with growing pauses, whenever it ends.
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { availableParallelism, setPriority } from "node:os";
import { setTimeout } from "node:timers/promises";
import { connectToChild } from "../db/changes.ts";
import { log } from "../log.ts";
import { tellLoad } from "./load.ts";
import { isPortalReadyMessage } from "./messages.ts";

const FIRST_PAUSE_MILLISECONDS = 250;
const LONGEST_PAUSE_MILLISECONDS = 5000;
/** A portal that served this long was well; the next failure starts with the short pause again. */
const WELL_MILLISECONDS = 10_000;
/** A start takes seconds of a core, and gets little of one while everybody else is busy. */
const START_TIMEOUT_MILLISECONDS = 300_000;
const STOP_TIMEOUT_MILLISECONDS = 8000;
/** Where cores are short, verifiers and clients go before people: a page takes milliseconds of a core, a token a fraction of one. */
const NICENESS = 12;
/** At most Node's own 4, and one core is left to what people wait for: V8's collector takes as many as it has helpers. */
const V8_HELPERS = Math.max(1, Math.min(4, availableParallelism() - 1));

/** What the supervisor tells; `pauseMilliseconds` is how long it waits before the next start. */
export type PortalEvents = {
  onReady: (port: number) => void;
  onEnd: (end: { code: number | null; signal: string | null; pauseMilliseconds: number }) => void;
};

/** The portal as the public plane sees it. */
export type Portal = {
  /** Its port on 127.0.0.1, or null while it is away. */
  port: () => number | null;
  /** Lets it finish its requests, ends it, and starts it no more. */
  stop: () => Promise<void>;
};

/** Runs the portal's entry file as a child until `stop`. */
export function supervisePortal(entryFile: string, events: PortalEvents): Portal {
  const stopping = new AbortController();
  let child: ChildProcess | null = null;
  let port: number | null = null;
  const running = (async (): Promise<void> => {
    let pause = FIRST_PAUSE_MILLISECONDS;
    while (!stopping.signal.aborted) {
      let readyAt: number | null = null;
      child = startChild(entryFile, (readyPort) => {
        port = readyPort;
        readyAt = performance.now();
        events.onReady(readyPort);
      });
      const end = await endOf(child);
      port = null;
      if (stopping.signal.aborted) return;
      if (readyAt !== null && performance.now() - readyAt > WELL_MILLISECONDS) pause = FIRST_PAUSE_MILLISECONDS;
      events.onEnd({ ...end, pauseMilliseconds: pause });
      await setTimeout(pause, undefined, { signal: stopping.signal }).catch(() => undefined);
      pause = Math.min(pause * 2, LONGEST_PAUSE_MILLISECONDS);
    }
  })();
  return {
    port: () => port,
    stop: async () => {
      stopping.abort();
      if (child) await stopChild(child);
      await running;
    },
  };
}

function startChild(entryFile: string, onReady: (port: number) => void): ChildProcess {
  const child = fork(entryFile, {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    execArgv: [`--v8-pool-size=${V8_HELPERS}`, ...process.execArgv],
  });
  connectToChild(child);
  if (child.pid !== undefined) stepBack(child.pid);
  const tooLate = globalThis.setTimeout(() => child.kill("SIGKILL"), START_TIMEOUT_MILLISECONDS);
  child.on("message", (message) => {
    if (!isPortalReadyMessage(message)) return;
    clearTimeout(tooLate);
    tellLoad(child);
    onReady(message.port);
  });
  child.on("exit", () => clearTimeout(tooLate));
  return child;
}

/** Threads take the priority of the one that starts them, so it is set before the child has started any. */
function stepBack(pid: number): void {
  try {
    setPriority(pid, NICENESS);
  } catch (error) {
    log().debug({ err: error }, "the portal keeps its priority");
  }
}

/** Resolves also when the process could not be started at all. */
function endOf(child: ChildProcess): Promise<{ code: number | null; signal: string | null }> {
  return new Promise((resolve) => {
    child.on("exit", (code, signal) => resolve({ code, signal }));
    child.on("error", () => {
      // After an error there may be no exit event; while the process runs, the error was that of a message.
      if (child.pid === undefined) resolve({ code: null, signal: null });
    });
  });
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  child.kill("SIGTERM");
  const tooLate = globalThis.setTimeout(() => child.kill("SIGKILL"), STOP_TIMEOUT_MILLISECONDS);
  await exited;
  clearTimeout(tooLate);
}
