// Shares something scarce among the organizations: each gets its turn, however much another one has waiting.
import { AppError } from "./errors.ts";

const RETRY_SECONDS = 1;

type Waiting = { cost: number; start: () => void };
/** What one organization has waiting, and how much it may still spend before the next one's turn. */
type Line = { waiting: Waiting[]; credit: number };

/** How much runs at a time, and how much of one organization may wait for it. */
export type FairQueueLimits = {
  slots: number;
  /** What an organization may spend in one turn, in the unit of the costs. */
  credit: number;
  /** More of one organization is refused instead of kept waiting. */
  maximumWaiting: number;
};

/**
 * Runs work as soon as it is its organization's turn. While nobody waits, everything runs at once; when work waits, the
 * organizations spend alike, whatever a piece of theirs costs (deficit round robin).
 */
export class FairQueue {
  readonly #limits: FairQueueLimits;
  /** In the order of their turns. */
  readonly #lines = new Map<string, Line>();
  #running = 0;

  constructor(limits: FairQueueLimits) {
    this.#limits = limits;
  }

  /** The result of the work. @throws request.too_many with `retry_after` in seconds, when too much of it waits already */
  async run<Result>(organizationId: string, cost: number, work: () => Promise<Result>): Promise<Result> {
    if (this.#running < this.#limits.slots) this.#running += 1;
    else await this.#wait(organizationId, cost);
    try {
      return await work();
    } finally {
      this.#running -= 1;
      this.#startNext();
    }
  }

  #wait(organizationId: string, cost: number): Promise<void> {
    const line = this.#lines.get(organizationId) ?? { waiting: [], credit: 0 };
    if (line.waiting.length >= this.#limits.maximumWaiting) return Promise.reject(tooMany());
    this.#lines.set(organizationId, line);
    return new Promise((start) => line.waiting.push({ cost, start }));
  }

  #startNext(): void {
    for (const [organizationId, line] of this.#lines) {
      const [next] = line.waiting;
      if (next !== undefined && next.cost <= line.credit) {
        line.credit -= next.cost;
        line.waiting.shift();
        if (line.waiting.length === 0) this.#lines.delete(organizationId);
        this.#running += 1;
        next.start();
        return;
      }
      line.credit += this.#limits.credit;
      // Its turn is over: to the end of the order.
      this.#lines.delete(organizationId);
      if (next !== undefined) this.#lines.set(organizationId, line);
    }
  }
}

function tooMany(): AppError {
  return new AppError("request.too_many", "Too much of this organization is waiting already; try again soon.", {
    details: { retry_after: RETRY_SECONDS },
  });
}
