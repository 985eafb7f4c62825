import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { onOrganizationChanged } from "#lib/db/changes.ts";
import { type Portal, supervisePortal } from "#lib/portal/supervisor.ts";

const CHILD = resolve("tests/support/portal-child.mjs");
let portal: Portal | null = null;

afterEach(async () => {
  await portal?.stop();
  portal = null;
});

async function until(isSo: () => boolean): Promise<void> {
  const deadline = Date.now() + 15_000;
  while (!isSo()) {
    if (Date.now() > deadline) throw new Error("it did not happen in time");
    await setTimeout(10);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe("the supervisor of the portal", () => {
  it("tells the port when the child is ready, hears its changes, and ends it on stop", async () => {
    const changed: string[] = [];
    const forget = onOrganizationChanged((organizationId) => changed.push(organizationId));
    portal = supervisePortal(CHILD, { onReady: () => undefined, onEnd: () => undefined });
    expect(portal.port()).toBeNull();
    await until(() => portal?.port() !== null && changed.length > 0);
    expect(changed).toEqual(["acme-corp"]);
    const pid = portal.port() ?? 0;
    await portal.stop();
    expect(isAlive(pid)).toBe(false);
    expect(portal.port()).toBeNull();
    forget();
  });

  it("starts a killed child again within seconds, and has no port meanwhile", async () => {
    const ends: (string | null)[] = [];
    portal = supervisePortal(CHILD, { onReady: () => undefined, onEnd: ({ signal }) => ends.push(signal) });
    await until(() => portal?.port() !== null);
    const first = portal.port() ?? 0;
    process.kill(first, "SIGKILL");
    await until(() => ends.length === 1);
    expect(portal.port()).toBeNull();
    await until(() => portal?.port() !== null);
    expect(portal.port()).not.toBe(first);
    expect(ends).toEqual(["SIGKILL"]);
  });

  it("waits longer and longer for a child that dies at once, and stops even then", async () => {
    const dying = join(tmpdir(), `signet-dying-${process.pid}.mjs`);
    writeFileSync(dying, "process.exit(7);\n");
    const pauses: number[] = [];
    portal = supervisePortal(dying, {
      onReady: () => undefined,
      onEnd: ({ code, pauseMilliseconds }) => {
        expect(code).toBe(7);
        pauses.push(pauseMilliseconds);
      },
    });
    await until(() => pauses.length === 3);
    expect(pauses).toEqual([250, 500, 1000]);
    const startedAt = Date.now();
    await portal.stop();
    expect(Date.now() - startedAt).toBeLessThan(900);
  });
});
