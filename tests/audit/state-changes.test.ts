import { describe, expect, it } from "vitest";
import { stateChanges } from "#components/audit/state-changes.ts";

describe("the states of an event in words", () => {
  it("name each fact as people write it, whichever way its key is written", () => {
    const keys = ["signingCertId", "signing_cert_id", "acsUrls", "token_expiry_secs", "entityId", "kid", "name"];
    const state = Object.fromEntries(keys.map((key) => [key, "x"]));
    expect(stateChanges(null, state).map(({ name }) => name)).toEqual([
      "Signing certificate ID",
      "Signing certificate ID",
      "ACS URLs",
      "Token expiry seconds",
      "Entity ID",
      "Key ID",
      "Name",
    ]);
  });

  it("tell what changed from what stayed, and what was not there from what was empty", () => {
    const changes = stateChanges({ name: "a", scopes: [], role: null }, { name: "b", scopes: [], isPublic: true });
    expect(changes.map(({ before, after, isChanged }) => [before, after, isChanged])).toEqual([
      ["a", "b", true],
      ["none", "none", false],
      ["none", null, true],
      [null, "yes", true],
    ]);
  });
});
