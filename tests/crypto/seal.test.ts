import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { seal, sealedPrefixOf, toMasterKey, unseal } from "#lib/crypto/seal.ts";
import { testKeyPair } from "../support/keys.ts";

const MASTER_KEY = toMasterKey(Buffer.from("pJ1zq0m7N2bYwRk8sV4tXc6uHd3gLe5fQa9oTi2nKjM=", "base64"));
const OTHER_KEY = toMasterKey(Buffer.alloc(32, "another master key of 32 bytes.."));
const PLACE = { organizationId: "acme-corp", keyPairId: "pair-1", field: "private_key" };
const unreadable = expect.objectContaining({ code: "seal.unreadable" });

describe("sealed values", () => {
  it("open where they belong, and show nothing of what is inside", () => {
    const { privateKeyDer } = testKeyPair("rsa2048");
    const sealed = seal(privateKeyDer, PLACE, MASTER_KEY);
    expect(unseal(sealed, PLACE, [OTHER_KEY, MASTER_KEY])).toEqual(privateKeyDer);
    expect(sealed.startsWith(sealedPrefixOf(MASTER_KEY))).toBe(true);
    expect(sealed).not.toContain(privateKeyDer.subarray(100, 130).toString("base64url"));
    expect(sealed).not.toContain(MASTER_KEY.key.toString("base64url"));
  });

  it.each([
    ["another organization", { ...PLACE, organizationId: "globex" }],
    ["another key pair", { ...PLACE, keyPairId: "pair-2" }],
    ["another field", { ...PLACE, field: "probe" }],
    [
      "a place whose parts run together alike",
      { organizationId: "acme-corp", keyPairId: "", field: "pair-1private_key" },
    ],
  ])("J3: do not open in %s", (_title, place) => {
    expect(() => unseal(seal(Buffer.from("secret"), PLACE, MASTER_KEY), place, [MASTER_KEY])).toThrow(unreadable);
  });

  it("do not open with parts of two values put together", () => {
    const [one, other] = [seal(Buffer.from("one"), PLACE, MASTER_KEY), seal(Buffer.from("two"), PLACE, MASTER_KEY)];
    const [name, version, id, wrapped] = one.split(":");
    expect(() => unseal([name, version, id, wrapped, other.split(":")[4]].join(":"), PLACE, [MASTER_KEY])).toThrow(
      unreadable,
    );
  });

  it("do not open under another master key, whatever id it claims", () => {
    const sealed = seal(Buffer.from("secret"), PLACE, MASTER_KEY);
    expect(() => unseal(sealed, PLACE, [OTHER_KEY])).toThrow(
      expect.objectContaining({ code: "seal.wrong_master_key" }),
    );
    expect(() => unseal(sealed, PLACE, [{ id: MASTER_KEY.id, key: OTHER_KEY.key }])).toThrow(unreadable);
    const renamed = sealed.replace(MASTER_KEY.id, OTHER_KEY.id);
    expect(() => unseal(renamed, PLACE, [{ id: OTHER_KEY.id, key: MASTER_KEY.key }])).toThrow(unreadable);
  });

  it("do not open after any one character was changed, or left out", () => {
    const sealed = seal(testKeyPair("p256").privateKeyDer, PLACE, MASTER_KEY);
    for (let index = 0; index < sealed.length; index += 1) {
      for (const replacement of [sealed[index] === "A" ? "B" : "A", sealed[index] === "_" ? "-" : "_", ""]) {
        const changed = sealed.slice(0, index) + replacement + sealed.slice(index + 1);
        expect(() => unseal(changed, PLACE, [MASTER_KEY]), `${index}`).toThrow(
          expect.objectContaining({ code: expect.stringMatching(/^seal\./) }),
        );
      }
    }
  });

  it("do not open after any one bit of the bytes was changed", () => {
    const [name, version, id, wrapped, value] = seal(Buffer.from("secret"), PLACE, MASTER_KEY).split(":");
    for (const part of [wrapped, value]) {
      const bytes = Buffer.from(part ?? "", "base64url");
      for (let bit = 0; bit < bytes.length * 8; bit += 1) {
        const flipped = Buffer.from(bytes);
        flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        const text = flipped.toString("base64url");
        const changed = [name, version, id, part === wrapped ? text : wrapped, part === value ? text : value].join(":");
        expect(() => unseal(changed, PLACE, [MASTER_KEY])).toThrow(unreadable);
      }
    }
  });

  it.each(["", "signet", "signet:v1", "signet:v1:::", "signet:v2:a:b:c", "plain text", ":".repeat(20)])(
    "%j is refused",
    (text) => {
      expect(() => unseal(text, PLACE, [MASTER_KEY])).toThrow(
        expect.objectContaining({ code: expect.stringMatching(/^seal\./) }),
      );
    },
  );

  it("100,000 seals use 200,000 different nonces and never the same data key", () => {
    const seen = new Set<string>();
    const value = randomBytes(16);
    for (let count = 0; count < 100_000; count += 1) {
      const [, , , wrapped = "", sealed = ""] = seal(value, PLACE, MASTER_KEY).split(":");
      seen.add(wrapped.slice(0, 16));
      seen.add(sealed.slice(0, 16));
    }
    expect(seen.size).toBe(200_000);
  });

  it("a master key has exactly 32 bytes, and its id does not contain it", () => {
    expect(() => toMasterKey(Buffer.alloc(31))).toThrow(expect.objectContaining({ code: "configuration.invalid" }));
    expect(MASTER_KEY.id).toMatch(/^[\w-]{16}$/);
    expect(MASTER_KEY.id).not.toBe(OTHER_KEY.id);
  });
});
