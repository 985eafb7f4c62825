import { expect, it } from "vitest";
import { toSlots } from "#lib/keys/key.ts";
import { findLiveKeys, raiseSignedUntil } from "#lib/keys/repository.ts";
import { createTestOrganization, describeOnEveryDatabase } from "../support/database.ts";

describeOnEveryDatabase("signing keys in storage", () => {
  it("a new organization has a current and a next key at once", async () => {
    await createTestOrganization("acme-corp");
    const { current, next, previous } = toSlots(await findLiveKeys("acme-corp"));
    expect(current.kid).not.toBe(next.kid);
    expect(previous).toEqual([]);
    expect([current.algorithm, current.rsaBits]).toEqual(["RS256", 2048]);
  });

  it("the signed-until horizon never falls, and ends with the private half", async () => {
    const { current } = toSlots(await findLiveKeys("acme-corp"));
    const late = new Date("2030-01-01T00:00:00Z");
    expect(await raiseSignedUntil("acme-corp", current.keyPairId, late)).toEqual(late);
    expect(await raiseSignedUntil("acme-corp", current.keyPairId, new Date("2029-01-01T00:00:00Z"))).toEqual(late);
    expect(await raiseSignedUntil("globex", current.keyPairId, new Date("2031-01-01T00:00:00Z"))).toBeNull();
  });
});
