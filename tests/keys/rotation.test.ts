import { describe, expect, it } from "vitest";
import { toSlots } from "#lib/keys/key.ts";
import { lastFetchWithout, propagationOf } from "#lib/keys/propagation.ts";
import { planReplacement, planRotation, type RotationRequest } from "#lib/keys/rotation.ts";
import { signingKey } from "../support/keys.ts";

const PUBLISHED_AT = new Date("2026-11-22T08:00:00.000Z");
const later = (seconds: number): Date => new Date(PUBLISHED_AT.getTime() + seconds * 1000);
const current = signingKey({ kid: "k1", state: "current" });
const next = signingKey({ kid: "k2", state: "next", publishedAt: PUBLISHED_AT });
const previous = signingKey({ kid: "k0", state: "previous" });

function plan(change: Partial<RotationRequest<string>>) {
  return planRotation({
    keys: [next, previous, current],
    newKey: "k3",
    expectedCurrentKid: "k1",
    isOverridden: false,
    jwksFetchedUntil: null,
    now: later(60),
    ...change,
  });
}

describe("planning a rotation", () => {
  it("J11, G6: current becomes previous, next becomes current, the new key becomes next", () => {
    expect(plan({})).toMatchObject({
      outcome: "rotate",
      plan: {
        retire: { key: { kid: "k1" }, rotatedAt: later(60) },
        activate: { key: { kid: "k2" }, activatedAt: later(60) },
        publish: { newKey: "k3", publishedAt: later(60), fetchedBeforeAt: null },
      },
    });
  });

  it("who saw another current key is told that its rotation has happened, also when the gate is closed", () => {
    const closed = { ...next, fetchedBeforeAt: PUBLISHED_AT };
    for (const isOverridden of [true, false]) {
      const decision = plan({ expectedCurrentKid: "k0", keys: [closed, previous, current], isOverridden });
      expect(decision).toMatchObject({ outcome: "already_rotated", slots: { current: { kid: "k1" } } });
    }
  });

  it("a clock that was set back does not end a key before it began", () => {
    const late = { ...current, activatedAt: later(3600) };
    expect(plan({ keys: [next, late] })).toMatchObject({
      plan: { retire: { rotatedAt: later(3600) }, activate: { activatedAt: later(3600) } },
    });
  });

  it.each([
    ["no key at all", []],
    ["no current key", [next]],
    ["no next key", [current]],
    ["two current keys", [current, { ...current, kid: "other" }, next]],
    ["two next keys", [current, next, { ...next, kid: "other" }]],
    ["a current key that was never activated", [{ ...current, activatedAt: null }, next]],
    ["a previous key without the time of its rotation", [current, next, { ...previous, rotatedAt: null }]],
  ])("the invariant is checked first: %s", (_title, keys) => {
    const broken = expect.objectContaining({ code: "key.invariant_broken" });
    expect(() => plan({ keys, expectedCurrentKid: "unknown" })).toThrow(broken);
    expect(() => planReplacement({ keys, newKey: "k3", jwksFetchedUntil: null, now: later(1) })).toThrow(broken);
  });

  it("previous keys stand with the latest rotation first", () => {
    const latest = signingKey({ kid: "k9", state: "previous", rotatedAt: later(1) });
    expect(toSlots([previous, current, latest, next]).previous.map((key) => key.kid)).toEqual(["k9", "k0"]);
  });
});

describe("the propagation gate (PRODUCT.md section 2, 4)", () => {
  it.each([
    [0, 900],
    [0.5, 900],
    [1, 899],
    [899.5, 1],
    [900, 0],
    [901, 0],
  ])("L8, T10: %d s after the last fetch without the next key, %d s remain", (seconds, remaining) => {
    const keys = [{ ...next, fetchedBeforeAt: PUBLISHED_AT }, current];
    const decision = plan({ keys, now: later(seconds) });
    if (remaining === 0) expect(decision.outcome).toBe("rotate");
    else expect(decision).toMatchObject({ outcome: "gate_closed", propagation: { secondsRemaining: remaining } });
  });

  it("is open when nobody had fetched a JWKS without the next key", () => {
    expect(plan({ now: PUBLISHED_AT }).outcome).toBe("rotate");
    expect(propagationOf(next, PUBLISHED_AT)).toEqual({
      isPropagated: true,
      secondsRemaining: 0,
      propagatedAt: PUBLISHED_AT,
    });
  });

  it("L6: a reason opens it, and the plan says that it was closed", () => {
    const keys = [{ ...next, fetchedBeforeAt: PUBLISHED_AT }, current];
    const decision = plan({ keys, now: later(1), isOverridden: true });
    expect(decision).toMatchObject({ outcome: "rotate", propagation: { isPropagated: false, secondsRemaining: 899 } });
  });

  it("a fetch long before the key was published does not close it", () => {
    const keys = [{ ...next, fetchedBeforeAt: later(-1000) }, current];
    expect(plan({ keys, now: PUBLISHED_AT }).outcome).toBe("rotate");
  });

  it.each([
    ["nobody ever fetched", null, null],
    ["the last fetch is long past", -500, -500],
    ["the horizon is the moment of publication", 0, 0],
    ["the horizon lies a little ahead", 3, 3],
    ["the horizon lies far ahead: only what caches still hand out counts", 30, 4],
  ])("what is remembered at publication: %s", (_title, horizon, expected) => {
    const fetchedUntil = horizon === null ? null : later(horizon);
    const remembered = lastFetchWithout(fetchedUntil, PUBLISHED_AT);
    expect(remembered).toEqual(expected === null ? null : later(expected));
    expect(plan({ jwksFetchedUntil: fetchedUntil, now: PUBLISHED_AT })).toMatchObject({
      plan: { publish: { fetchedBeforeAt: remembered } },
    });
  });

  it("a replaced next key begins to propagate anew, and the old one leaves without having signed", () => {
    const replaced = planReplacement({
      keys: [current, next],
      newKey: "k3",
      jwksFetchedUntil: later(95),
      now: later(100),
    });
    expect(replaced).toMatchObject({
      discard: { key: { kid: "k2", activatedAt: null }, droppedAt: later(100) },
      publish: { newKey: "k3", publishedAt: later(100), fetchedBeforeAt: later(95) },
    });
  });
});
