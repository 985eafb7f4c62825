import { beforeAll, expect, it } from "vitest";
import type { Actor } from "#lib/auth/actor.ts";
import { ALLOWANCES, type Work, withinWorkload } from "#lib/certificates/workload.ts";
import { closeDatabase, database } from "#lib/db/client.ts";
import { isAppError } from "#lib/errors.ts";
import { createTestMember, createTestOrganization, describeOnEveryDatabase } from "../support/database.ts";

const AT_ONCE = 10;

/** Asks this often, and gives the refusals. */
async function ask(actor: Actor, kind: Work, times: number): Promise<{ retry_after?: number; message: string }[]> {
  const refusals: { retry_after?: number; message: string }[] = [];
  for (let asked = 0; asked < times; asked += AT_ONCE) {
    const one = async (): Promise<void> => {
      await withinWorkload(actor, kind, async () => undefined).catch((error: unknown) => {
        if (!isAppError(error, "request.too_many")) throw error;
        refusals.push({ ...error.details, message: error.message });
      });
    };
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, times - asked) }, one));
  }
  return refusals;
}

describeOnEveryDatabase("the bounds of costly work", () => {
  let owner: Actor;
  beforeAll(async () => {
    owner = await createTestOrganization("acme");
    await createTestOrganization("globex");
  });

  it.each(["generate", "upload"] as const)(
    "whoever asks for too much of %s in a minute is told when to come back, and nobody else is",
    async (kind) => {
      const { times, name } = ALLOWANCES[kind];
      expect(await ask(owner, kind, times)).toEqual([]);
      const [refusal, ...others] = await ask(owner, kind, 3);
      expect(refusal?.retry_after).toBeGreaterThan(0);
      expect(refusal?.retry_after).toBeLessThanOrEqual(60);
      expect(refusal?.message).toContain(`At most ${times}`);
      expect(others).toHaveLength(2);
      // Another token of the same person is the same person; another person and another organization are not.
      const token: Actor = { ...owner, type: "token", id: "another token" };
      expect(await ask(token, kind, 1)).toHaveLength(1);
      expect(await ask(await createTestMember("acme", "security-admin"), kind, 1)).toEqual([]);
      expect(await ask({ ...owner, organizationId: "globex" }, kind, 1)).toEqual([]);
      // A process that starts now counts on from what the others counted.
      await closeDatabase();
      expect(await ask(owner, kind, 1)).toHaveLength(1);
      const key = { startsWith: `${name}:acme user ${owner.userId}` };
      const expire = new Date(Date.now() - 1);
      expect((await database().rateLimiterFlexible.updateMany({ where: { key }, data: { expire } })).count).toBe(1);
      await closeDatabase();
      expect(await ask(owner, kind, 1)).toEqual([]);
    },
  );

  it("the two kinds are counted apart, and a program without a person by its own id", async () => {
    const program: Actor = { ...owner, type: "client", id: "batch", userId: null };
    expect(await ask(program, "generate", ALLOWANCES.generate.times)).toEqual([]);
    expect(await ask(program, "generate", 1)).toHaveLength(1);
    expect(await ask(program, "upload", 1)).toEqual([]);
    expect(await ask({ ...program, id: "other" }, "generate", 1)).toEqual([]);
  });

  it("too much at the same time is refused also to one who asks rarely", async () => {
    const actor: Actor = { ...owner, type: "client", id: "at once", userId: null };
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const running = Array.from({ length: 16 }, () => withinWorkload(actor, "generate", () => held));
    await expect.poll(() => ask(actor, "generate", 1).then((refusals) => refusals.length)).toBe(1);
    release();
    await Promise.all(running);
    expect(await ask(actor, "generate", 1)).toEqual([]);
  });
});
