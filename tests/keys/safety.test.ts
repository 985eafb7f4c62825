import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decideDrop, safetyOf } from "#lib/keys/safety.ts";
import { signingKey } from "../support/keys.ts";

const ROTATED_AT = new Date("2026-11-22T08:00:00.000Z");
const later = (seconds: number): Date => new Date(ROTATED_AT.getTime() + seconds * 1000);

describe("when a previous key is safe to drop (PRODUCT.md section 3)", () => {
  it.each([
    [0, false, 3600],
    [0.001, false, 3600],
    [1, false, 3599],
    [3599, false, 1],
    [3599.999, false, 1],
    [3600, true, 0],
    [3601, true, 0],
    [86_400, true, 0],
  ])("J15, J16: %d s after the rotation with an expiry of 3600 s: safe %s, %d s to go", (seconds, isSafe, rest) => {
    const safety = safetyOf({ rotatedAt: ROTATED_AT, signedUntil: null }, 3600, later(seconds));
    expect(safety).toEqual({ isSafe, secondsUntilSafe: rest, safeAt: later(3600) });
  });

  it("J15: without any application it is safe at once", () => {
    expect(safetyOf({ rotatedAt: ROTATED_AT, signedUntil: null }, 0, ROTATED_AT)).toMatchObject({ isSafe: true });
  });

  it("what was signed counts although every application's expiry was lowered afterwards", () => {
    const key = { rotatedAt: ROTATED_AT, signedUntil: later(7200) };
    expect(safetyOf(key, 60, later(7199.5))).toMatchObject({ isSafe: false, secondsUntilSafe: 1 });
    expect(safetyOf(key, 60, later(7200))).toMatchObject({ isSafe: true, safeAt: later(7200) });
  });

  it("an expiry that was raised afterwards counts although nothing that long was signed", () => {
    const key = { rotatedAt: ROTATED_AT, signedUntil: later(60) };
    expect(safetyOf(key, 7200, later(3600))).toMatchObject({ isSafe: false, secondsUntilSafe: 3600 });
  });

  it("a clock that was set back makes it unsafe again, never safe too early", () => {
    const key = { rotatedAt: ROTATED_AT, signedUntil: later(100) };
    expect(safetyOf(key, 100, later(-3600))).toMatchObject({ isSafe: false, secondsUntilSafe: 3700 });
  });

  it("is never safe before the last signed expiry, and the seconds lead exactly to the safe moment", () => {
    fc.assert(
      fc.property(
        fc.option(fc.integer({ min: -1e7, max: 1e7 }), { nil: null }),
        fc.integer({ min: 0, max: 86_400 }),
        fc.integer({ min: -1e8, max: 1e9 }),
        (signed, expiry, milliseconds) => {
          const signedUntil = signed === null ? null : later(signed);
          const now = new Date(ROTATED_AT.getTime() + milliseconds);
          const { safeAt, isSafe, secondsUntilSafe } = safetyOf({ rotatedAt: ROTATED_AT, signedUntil }, expiry, now);
          if (isSafe && signedUntil) expect(now >= signedUntil).toBe(true);
          expect(isSafe).toBe(secondsUntilSafe === 0);
          expect(now.getTime() + secondsUntilSafe * 1000 >= safeAt.getTime()).toBe(true);
          expect(isSafe || now.getTime() + (secondsUntilSafe - 1) * 1000 < safeAt.getTime()).toBe(true);
        },
      ),
    );
  });
});

describe("the decision to drop", () => {
  const current = signingKey({ kid: "current", state: "current" });
  const next = signingKey({ kid: "next", state: "next" });
  const older = signingKey({ kid: "older", state: "previous", rotatedAt: later(-7200) });
  const latest = signingKey({ kid: "latest", state: "previous", rotatedAt: ROTATED_AT });
  const dropped = signingKey({ kid: "dropped", state: "dropped" });
  const keys = [older, current, next, latest];
  const decide = (change: Partial<Parameters<typeof decideDrop>[0]>) =>
    decideDrop({ keys, kid: null, isForced: false, maxTokenExpirySecs: 3600, now: later(10), ...change });

  it("J14: takes the latest previous key unless one is named", () => {
    expect(decide({ now: later(3600) })).toMatchObject({ outcome: "drop", key: { kid: "latest" } });
    expect(decide({ kid: "older" })).toMatchObject({ outcome: "drop", key: { kid: "older" } });
  });

  it("J17, G7: refuses what is not safe, unless forced", () => {
    expect(decide({})).toMatchObject({ outcome: "not_safe", safety: { secondsUntilSafe: 3590 } });
    expect(decide({ isForced: true })).toMatchObject({
      outcome: "drop",
      key: { kid: "latest" },
      safety: { isSafe: false },
    });
  });

  it("never takes the current or the next key, forced or not", () => {
    for (const kid of ["current", "next"]) {
      expect(decide({ kid, isForced: true })).toMatchObject({ outcome: "not_previous", key: { kid } });
    }
  });

  it("tells a missing key from one that is dropped already, and from none at all", () => {
    expect(decide({ kid: "foreign" })).toEqual({ outcome: "not_found" });
    expect(decide({ keys: [...keys, dropped], kid: "dropped" })).toMatchObject({ outcome: "not_previous" });
    expect(decide({ keys: [current, next] })).toEqual({ outcome: "no_previous" });
  });
});
