import { describe, expect, it } from "vitest";
import { FairQueue } from "#lib/fair-queue.ts";

/** Work whose end the test decides, and the order in which it began. */
function bench(limits: { capacity?: number; credit?: number; maximumWaiting?: number } = {}) {
  const queue = new FairQueue({ capacity: 1, credit: 4, maximumWaiting: 100, ...limits });
  const started: string[] = [];
  const ends: (() => void)[] = [];
  const add = (organizationId: string, cost = 1): Promise<string> =>
    queue.run(organizationId, cost, () => {
      started.push(organizationId);
      return new Promise<string>((resolve) => ends.push(() => resolve(organizationId)));
    });
  const endOne = async (): Promise<void> => {
    ends.shift()?.();
    for (let tick = 0; tick < 5; tick += 1) await null;
  };
  return { queue, started, add, endOne };
}

describe("the fair queue", () => {
  it("runs at once what there is room for, and no more at a time", async () => {
    const { started, add, endOne } = bench({ capacity: 2 });
    const all = ["a", "a", "a"].map((id) => add(id));
    expect(started).toHaveLength(2);
    await endOne();
    expect(started).toHaveLength(3);
    await endOne();
    await endOne();
    expect(await Promise.all(all)).toEqual(["a", "a", "a"]);
  });

  it("counts what runs by its cost, and lets what costs more than there is room for run alone", async () => {
    const { started, add, endOne } = bench({ capacity: 5, credit: 10 });
    for (const cost of [2, 2, 2, 9, 1]) void add(`cost ${cost}`, cost);
    expect(started).toEqual(["cost 2", "cost 2"]);
    await endOne();
    expect(started).toEqual(["cost 2", "cost 2", "cost 2"]);
    await endOne();
    await endOne();
    expect(started.slice(3)).toEqual(["cost 9"]);
    await endOne();
    expect(started.slice(4)).toEqual(["cost 1"]);
  });

  it("one that comes late does not wait behind everything that another has waiting", async () => {
    const { started, add, endOne } = bench({ credit: 2 });
    for (let index = 0; index < 50; index += 1) void add("busy");
    void add("late");
    for (let index = 0; index < 5; index += 1) await endOne();
    expect(started).toContain("late");
  });

  it("gives two that wait the same share of what it costs, not of the number", async () => {
    const { started, add, endOne } = bench({ credit: 8, maximumWaiting: 1000 });
    for (let index = 0; index < 500; index += 1) {
      void add("heavy", 8);
      void add("light", 1);
    }
    for (let index = 0; index < 180; index += 1) await endOne();
    const heavy = started.filter((id) => id === "heavy").length;
    const light = started.filter((id) => id === "light").length;
    expect(light / heavy).toBeGreaterThan(7);
    expect(light / heavy).toBeLessThan(9);
  });

  it("what costs more than a turn is worth gets its turn all the same", async () => {
    const { started, add, endOne } = bench({ credit: 2 });
    void add("a");
    void add("huge", 9);
    void add("b");
    for (let index = 0; index < 3; index += 1) await endOne();
    expect([...started].sort()).toEqual(["a", "b", "huge"]);
  });

  it("refuses one organization beyond its bound, and takes the next one's all the same", async () => {
    const { add } = bench({ maximumWaiting: 2 });
    for (let index = 0; index < 3; index += 1) void add("busy");
    await expect(add("busy")).rejects.toMatchObject({ code: "request.too_many", details: { retry_after: 1 } });
    expect(await Promise.race([add("other").catch(() => "refused"), Promise.resolve("waits")])).toBe("waits");
  });

  it("work that fails gives its place to the next", async () => {
    const { queue } = bench();
    const failing = queue.run("a", 1, () => Promise.reject(new Error("broken")));
    const next = queue.run("b", 1, () => Promise.resolve("done"));
    await expect(failing).rejects.toThrow("broken");
    expect(await next).toBe("done");
  });
});
