import type { ChildProcess } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { setTimeout } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { tellLoad } from "#lib/portal/load.ts";
import { restrainPortal } from "#lib/portal/restraint.ts";

/** A portal whose clock and use of the processor are set by hand. */
function restrainedPortal(): { pauseBefore: () => Promise<void> | null; tell: (load: string) => void; meter: Meter } {
  const meter = { now: 0, used: 0 };
  const channel = new EventEmitter();
  const pauseBefore = restrainPortal(channel, () => ({ ...meter }));
  return { pauseBefore, meter, tell: (publicPlane) => void channel.emit("message", { publicPlane }) };
}

type Meter = { now: number; used: number };

async function timeOf(promise: Promise<void> | null): Promise<number> {
  const startedAt = performance.now();
  await promise;
  return performance.now() - startedAt;
}

describe("the portal gives way", () => {
  it("while the public plane is busy: what it used of a core has to be made up for before the next request begins", async () => {
    const { pauseBefore, tell, meter } = restrainedPortal();
    Object.assign(meter, { now: 100, used: 100 });
    expect(pauseBefore()).toBeNull();
    tell("busy");
    expect(pauseBefore()).toBeNull();
    Object.assign(meter, { now: 180, used: 180 });
    const wait = await timeOf(pauseBefore());
    expect(wait).toBeGreaterThan(70);
    expect(wait).toBeLessThan(200);
    Object.assign(meter, { now: 260 });
    expect(pauseBefore()).toBeNull();
    Object.assign(meter, { now: 360, used: 230 });
    expect(pauseBefore()).toBeNull();
  });

  it("but nobody waits for long, however much was used and however many wait", async () => {
    const { pauseBefore, tell, meter } = restrainedPortal();
    tell("busy");
    Object.assign(meter, { now: 9000, used: 9000 });
    const waits = await Promise.all(Array.from({ length: 30 }, () => timeOf(pauseBefore())));
    expect(Math.min(...waits)).toBeGreaterThan(200);
    expect(Math.max(...waits)).toBeLessThan(500);
    Object.assign(meter, { now: 9250 });
    expect(pauseBefore()).toBeNull();
  });

  it("and no longer than until the public plane is free", async () => {
    const { pauseBefore, tell, meter } = restrainedPortal();
    tell("busy");
    Object.assign(meter, { now: 9000, used: 9000 });
    const wait = timeOf(pauseBefore());
    tell("free");
    expect(await wait).toBeLessThan(150);
    expect(pauseBefore()).toBeNull();
  });
});

describe("the public plane", () => {
  function listeningChild(): { child: ChildProcess; told: unknown[] } {
    const told: unknown[] = [];
    const child = Object.assign(new EventEmitter(), {
      send: (message: unknown) => {
        told.push(message);
        child.emit("told");
      },
    });
    return { child: child as unknown as ChildProcess, told };
  }

  async function beBusyUntil(isOver: () => boolean): Promise<void> {
    const end = performance.now() + 5000;
    while (!isOver() && performance.now() < end) {
      const pause = performance.now() + 20;
      while (performance.now() < pause);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  it("tells the portal that its event loop is at work most of the time, and that it has rest again", async () => {
    const { child, told } = listeningChild();
    tellLoad(child, 2);
    await beBusyUntil(() => told.length > 0);
    if (told.length < 2) await once(child, "told");
    expect(told).toEqual([{ publicPlane: "busy" }, { publicPlane: "free" }]);
    child.emit("exit");
  });

  it("says nothing where there is a core for each", async () => {
    const { child, told } = listeningChild();
    tellLoad(child, 4);
    const startedAt = performance.now();
    await beBusyUntil(() => performance.now() - startedAt > 400);
    await setTimeout(50);
    expect(told).toEqual([]);
  });
});
