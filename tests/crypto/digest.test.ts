import { describe, expect, it } from "vitest";
import { constantTimeEqual, randomIdentifier, randomToken, sha256Base64url } from "#lib/crypto/digest.ts";

describe("hashes and random values", () => {
  it("SHA-256 of text and of bytes is that of FIPS 180-4, in base64url", () => {
    const expected = "ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0";
    expect(sha256Base64url("abc")).toBe(expected);
    expect(sha256Base64url(Buffer.from("abc"))).toBe(expected);
  });

  it("identifiers and tokens have 128 and 256 bits, and none comes twice", () => {
    const made = new Set<string>();
    for (let index = 0; index < 10_000; index += 1) made.add(randomIdentifier());
    expect(made.size).toBe(10_000);
    for (const identifier of made) expect(Buffer.from(identifier, "base64url")).toHaveLength(16);
    expect(Buffer.from(randomToken(), "base64url")).toHaveLength(32);
  });

  it("compares by content, also when the lengths differ", () => {
    expect(constantTimeEqual("same", Buffer.from("same"))).toBe(true);
    expect(constantTimeEqual("same", "Same")).toBe(false);
    expect(constantTimeEqual("same", "same!")).toBe(false);
  });
});
