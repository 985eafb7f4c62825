// Shares something scarce among the organizations: each gets its turn, however much another one has waiting.
import { AppError } from "./errors.ts";

const RETRY_SECONDS = 1;

type Waiting = { cost: number; start: () => void };
/** What one organization has waiting, and how much it may still spend before the next one's turn. */
type Line = { waiting: Waiting[]; credit: number };

/** How much runs at a time, and how much of one organization may wait for it. Costs are in one unit of the caller's. */
export type FairQueueLimits = {
  /** The cost of everything that runs at a time; what costs more than that runs alone. */
  capacity: number;
  /** What an organization may spend in one turn. */
  credit: number;
  /** More pieces of one organization are refused instead of kept waiting. */
  maximumWaiting: number;
};

/**
 * Runs work as soon as it is its organization's turn. While nobody waits, everything runs at once; when work waits, the
 * organizations spend alike, whatever a piece of theirs costs (deficit round robin).
 */
export class FairQueue {
  readonly #limits: FairQueueLimits;
  /** In the order of their turns; none is empty. */
  readonly #lines = new Map<string, Line>();
  #running = 0;

  constructor(limits: FairQueueLimits) {
    this.#limits = limits;
  }

  /** The result of the work. @throws request.too_many with `retry_after` in seconds, when too much of it waits already */
  async run<Result>(organizationId: string, cost: number, work: () => Promise<Result>): Promise<Result> {
    if (this.#lines.size === 0 && this.#hasRoomFor(cost)) this.#running += cost;
    else await this.#wait(organizationId, cost);
    try {
      return await work();
    } finally {
      this.#running -= cost;
      this.#startWaiting();
    }
  }

  #hasRoomFor(cost: number): boolean {
    return this.#running === 0 || this.#running + cost <= this.#limits.capacity;
  }

  #wait(organizationId: string, cost: number): Promise<void> {
    const line = this.#lines.get(organizationId) ?? { waiting: [], credit: 0 };
    if (line.waiting.length >= this.#limits.maximumWaiting) return Promise.reject(tooMany());
    this.#lines.set(organizationId, line);
    return new Promise((start) => line.waiting.push({ cost, start }));
  }

  #startWaiting(): void {
    for (;;) {
      const [organizationId, line] = this.#lines.entries().next().value ?? [];
      const next = line?.waiting[0];
      if (organizationId === undefined || line === undefined || next === undefined) return;
      if (next.cost > line.credit) {
        // Its turn is over: to the end of the order, with something to spend when it comes again.
        line.credit += this.#limits.credit;
        this.#lines.delete(organizationId);
        this.#lines.set(organizationId, line);
      } else if (this.#hasRoomFor(next.cost)) {
        this.#start(organizationId, line, next);
      } else return;
    }
  }

  #start(organizationId: string, line: Line, { cost, start }: Waiting): void {
    line.credit -= cost;
    line.waiting.shift();
    if (line.waiting.length === 0) this.#lines.delete(organizationId);
    this.#running += cost;
    start();
  }
}

function tooMany(): AppError {
  return new AppError("request.too_many", "Too much of this organization is waiting already; try again soon.", {
    details: { retry_after: RETRY_SECONDS },
  });
}
