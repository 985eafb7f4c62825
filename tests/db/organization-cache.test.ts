import { setTimeout } from "node:timers/promises";
import { expect, it, vi } from "vitest";
import { EVERY_ORGANIZATION, receiveOrganizationChanged } from "#lib/db/changes.ts";
import { database } from "#lib/db/client.ts";
import { OrganizationCache } from "#lib/db/organization-cache.ts";
import { createTestOrganization, describeOnEveryDatabase } from "../support/database.ts";

/** As another process writes that cannot tell this one. */
async function changeSilently(id: string, name: string): Promise<void> {
  await database().organization.update({ where: { id }, data: { name, version: { increment: 1 } } });
}

function cacheOfNames(): { cache: OrganizationCache<string>; loads: string[] } {
  const loads: string[] = [];
  const cache = new OrganizationCache<string>(async (id) => {
    loads.push(id);
    return (await database().organization.findUnique({ where: { id } }))?.name ?? null;
  });
  return { cache, loads };
}

describeOnEveryDatabase("the cache of organizations", () => {
  it("a change that nobody announced is served within two seconds, and loads nothing else again", async () => {
    for (const id of ["silent", "steady"]) await createTestOrganization(id);
    const { cache, loads } = cacheOfNames();
    await Promise.all([cache.get("silent"), cache.get("steady")]);
    await changeSilently("silent", "Changed");
    const changedAt = performance.now();
    while ((await cache.get("silent")).value !== "Changed") {
      expect(performance.now() - changedAt).toBeLessThan(2500);
      await setTimeout(20);
    }
    expect(cache.peek("steady")).toBeDefined();
    expect(loads.toSorted()).toEqual(["silent", "silent", "steady"]);
  });

  it("traffic of one organization keeps the others fresh, so that they are at hand after a pause", async () => {
    for (const id of ["busy", "resting"]) await createTestOrganization(id);
    const { cache, loads } = cacheOfNames();
    await Promise.all([cache.get("busy"), cache.get("resting")]);
    const until = performance.now() + 3000;
    while (performance.now() < until) {
      expect((await cache.get("busy")).value).toBeTruthy();
      await setTimeout(20);
    }
    expect(cache.peek("resting")).toBeTruthy();
    expect(loads.toSorted()).toEqual(["busy", "resting"]);
  });

  it("what was loaded while the organization changed is not kept", async () => {
    await createTestOrganization("raced");
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const loads: number[] = [];
    const cache = new OrganizationCache<string>(async (id) => {
      const row = await database().organization.findUnique({ where: { id } });
      loads.push(loads.length);
      if (loads.length === 1) await held;
      return row?.name ?? null;
    });
    const before = cache.get("raced");
    await vi.waitFor(() => expect(loads).toHaveLength(1));
    await changeSilently("raced", "After");
    receiveOrganizationChanged("raced");
    expect((await cache.get("raced")).value).toBe("After");
    release();
    await before;
    expect(cache.peek("raced")).toBe("After");
  });

  it("what was loaded before a silent change is found out even when the change came before the first check", async () => {
    await createTestOrganization("early");
    const { cache } = cacheOfNames();
    await cache.get("early");
    await changeSilently("early", "One");
    await setTimeout(2100);
    expect((await cache.get("early")).value).toBe("One");
    await changeSilently("early", "Two");
    await setTimeout(2100);
    expect((await cache.get("early")).value).toBe("Two");
  });

  it("what an announced change took away does not come back while storage fails, where it decides about access", async () => {
    await createTestOrganization("failing");
    let isDown = false;
    const load = async (): Promise<string> => {
      if (isDown) throw new Error("storage does not answer");
      return "before";
    };
    const access = new OrganizationCache<string>(load, { isOutdatedRefused: true });
    const documents = new OrganizationCache<string>(load);
    for (const cache of [access, documents]) await cache.get("failing");
    isDown = true;
    receiveOrganizationChanged(EVERY_ORGANIZATION);
    for (const cache of [access, documents]) {
      expect(await cache.get("failing")).toEqual({ value: "before", isLastGood: true });
    }
    receiveOrganizationChanged("failing");
    expect(await documents.get("failing")).toEqual({ value: "before", isLastGood: true });
    await expect(access.get("failing")).rejects.toThrow("storage does not answer");
    isDown = false;
    expect(await access.get("failing")).toEqual({ value: "before", isLastGood: false });
  });
});
