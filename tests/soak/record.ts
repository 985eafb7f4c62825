// What a soak counts, what failed, what the two processes held in memory; and the report of it.
import { quantile } from "../bench/load.ts";
import { residentMegabytes } from "../bench/memory.ts";
import type { SignetServer } from "../support/signet-server.ts";

const COUNTED = ["issued", "signed in", "refreshed", "revoked", "verified", "rotated", "dropped"] as const;
const SHOWN_FAILURES = 20;
/**
 * How much more a process may hold in the last third of the time than in the second: a share of it, or megabytes where that
 * is more. What counts is the median of each third: V8 lets garbage lie for minutes, so the least of a short time says only
 * how long ago it was collected, and the most is a peak of a second.
 */
const GROWTH = { share: 0.1, megabytes: 15 };

/** What can be counted. */
export type Counted = (typeof COUNTED)[number];
type Sample = { publicPlane: number; portal: number };

/** The record of one soak. */
export class SoakRecord {
  readonly #counts = new Map<Counted, number>(COUNTED.map((what) => [what, 0]));
  readonly #failures = new Map<string, number>();
  readonly #samples: Sample[] = [];

  count(what: Counted): void {
    this.#counts.set(what, (this.#counts.get(what) ?? 0) + 1);
  }

  fail(what: string, error: unknown): void {
    const { message, cause } = error instanceof Error ? error : new Error(String(error));
    const because =
      cause === undefined ? "" : `, because: ${cause instanceof Error ? cause.message : JSON.stringify(cause)}`;
    const failure = `${what}: ${message}${because}`;
    this.#failures.set(failure, (this.#failures.get(failure) ?? 0) + 1);
  }

  /** Notes the memory of both processes. */
  sample(server: SignetServer): void {
    this.#samples.push({
      publicPlane: residentMegabytes(server.pid()),
      portal: residentMegabytes(server.portalPid()),
    });
  }

  /** One line for who watches. */
  progress(): string {
    const failures = [...this.#failures.values()].reduce((sum, count) => sum + count, 0);
    return `${[...this.#counts].map(([what, count]) => `${count} ${what}`).join(", ")}, ${failures} failures`;
  }

  /**
   * Prints everything; true when nothing failed, all that is needed was done at least once, and memory stayed flat, if
   * that `isMemoryJudged`.
   */
  report(needed: readonly Counted[], isMemoryJudged: boolean): boolean {
    const missing = needed.filter((what) => this.#counts.get(what) === 0);
    for (const what of missing) this.fail("never", new Error(what));
    const isFlat = [this.#reportMemory("public plane", "publicPlane"), this.#reportMemory("portal", "portal")];
    console.log(this.progress());
    for (const [failure, count] of [...this.#failures].slice(0, SHOWN_FAILURES)) console.log(`${count} × ${failure}`);
    if (!isMemoryJudged) console.log("Memory is not judged: the run was too short for as many keys to go as come.");
    return this.#failures.size === 0 && (!isMemoryJudged || isFlat.every(Boolean));
  }

  #reportMemory(name: string, part: keyof Sample): boolean {
    const length = Math.ceil(this.#samples.length / 3);
    const thirds = [0, 1, 2].map((third) => this.#samples.slice(third * length, (third + 1) * length));
    const [first = 0, second = 0, last = 0] = thirds.map((samples) =>
      quantile(
        samples.map((one) => one[part]),
        0.5,
      ),
    );
    const isFlat = last - second <= Math.max(GROWTH.share * second, GROWTH.megabytes);
    const medians = [first, second, last].map((value) => value.toFixed(0)).join(", ");
    console.log(`RSS of the ${name}, median of each third: ${medians} MB (${isFlat ? "flat" : "GREW"})`);
    return isFlat;
  }
}
