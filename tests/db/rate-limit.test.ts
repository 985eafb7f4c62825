import { setTimeout } from "node:timers/promises";
import { expect, it } from "vitest";
import { database } from "#lib/db/client.ts";
import { limiterOf, secondsUntilAllowed } from "#lib/db/rate-limit.ts";
import { describeOnEveryDatabase } from "../support/database.ts";

describeOnEveryDatabase("an allowance", () => {
  it("counts calls that come at once, each of them, and refuses those beyond with how long to wait", async () => {
    const allowance = { name: "at-once", times: 20, seconds: 60 };
    const answers = await Promise.all(Array.from({ length: 30 }, () => secondsUntilAllowed(allowance, "somebody")));
    expect(answers.filter((seconds) => seconds === 0)).toHaveLength(20);
    for (const seconds of answers.filter((wait) => wait > 0)) expect(seconds).toBeLessThanOrEqual(60);
    expect(await secondsUntilAllowed(allowance, "somebody else")).toBe(0);
  });

  it("begins anew when its span is over, and not before", async () => {
    const allowance = { name: "span", times: 1, seconds: 1 };
    const stored = () => database().rateLimiterFlexible.findUniqueOrThrow({ where: { key: "span:somebody" } });
    expect(await secondsUntilAllowed(allowance, "somebody")).toBe(0);
    const { expire } = await stored();
    expect(await secondsUntilAllowed(allowance, "somebody")).toBe(1);
    // The span begins with the first use; the second one does not make it longer.
    expect(await stored()).toMatchObject({ points: 2, expire });
    await setTimeout(1100);
    expect(await secondsUntilAllowed(allowance, "somebody")).toBe(0);
    expect((await stored()).points).toBe(1);
  });

  it("takes uses back, ends with none, and can be set", async () => {
    const limiter = limiterOf({ name: "taken-back", times: 5, seconds: 60 });
    await limiter.consume("somebody", 3);
    expect((await limiter.reward("somebody", 2)).consumedPoints).toBe(1);
    expect((await limiter.set("somebody", 4, 30)).consumedPoints).toBe(4);
    expect((await limiter.get("somebody"))?.remainingPoints).toBe(1);
    expect(await limiter.delete("somebody")).toBe(true);
    expect(await limiter.get("somebody")).toBeNull();
  });
});
