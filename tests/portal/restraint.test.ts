import type { ChildProcess } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { setTimeout } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { tellLoad } from "#lib/portal/load.ts";
import { restrainPortal } from "#lib/portal/restraint.ts";

/** Keeps a core at work for so many milliseconds of its time. */
function work(milliseconds: number): void {
  const before = process.cpuUsage();
  for (;;) {
    const { user, system } = process.cpuUsage(before);
    if (user + system >= milliseconds * 1000) return;
  }
}

async function timeOf(promise: Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await promise;
  return performance.now() - startedAt;
}

describe("the portal gives way", () => {
  it("while the public plane is busy: what it used of a core has to be made up for before the next request begins", async () => {
    const channel = new EventEmitter();
    const mayBegin = restrainPortal(channel);
    work(60);
    expect(await timeOf(mayBegin())).toBeLessThan(20);
    channel.emit("message", { publicPlane: "busy" });
    await mayBegin();
    work(60);
    const waits = await Promise.all([timeOf(mayBegin()), timeOf(mayBegin())]);
    expect(Math.min(...waits)).toBeGreaterThan(30);
    channel.emit("message", { publicPlane: "free" });
    work(60);
    expect(await timeOf(mayBegin())).toBeLessThan(20);
  });

  it("but nobody waits for long, however much was used", async () => {
    const channel = new EventEmitter();
    const mayBegin = restrainPortal(channel);
    channel.emit("message", { publicPlane: "busy" });
    work(900);
    const wait = await timeOf(mayBegin());
    expect(wait).toBeGreaterThan(200);
    expect(wait).toBeLessThan(700);
  });

  it("and is told so by a public plane whose event loop is at work most of the time, and when it has rest again", async () => {
    const told: unknown[] = [];
    const child = Object.assign(new EventEmitter(), {
      send: (message: unknown) => {
        told.push(message);
        child.emit("told");
      },
    });
    tellLoad(child as unknown as ChildProcess);
    await setTimeout(250);
    expect(told).toEqual([]);
    const heard = once(child, "told");
    const end = performance.now() + 5000;
    while (told.length === 0 && performance.now() < end) {
      work(20);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await heard;
    if (told.length < 2) await once(child, "told");
    expect(told).toEqual([{ publicPlane: "busy" }, { publicPlane: "free" }]);
    child.emit("exit");
  });
});
