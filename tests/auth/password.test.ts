import { describe, expect, test } from "vitest";
import { hashPassword, isPasswordHashOutdated, verifyPassword } from "#lib/crypto/password.ts";
import { cheapPasswordHash } from "../support/passwords.ts";

describe("passwords", () => {
  test("a password verifies against its own hash and against no other", async () => {
    const stored = await hashPassword("correct horse battery");
    expect(stored).toMatch(/^\$scrypt\$ln=17,r=8,p=1\$/);
    expect(stored).not.toContain("correct");
    expect(await verifyPassword("correct horse battery", stored)).toBe(true);
    expect(await verifyPassword("correct horse batterx", stored)).toBe(false);
    expect(await hashPassword("correct horse battery")).not.toBe(stored);
  });

  test("the same letters typed in another Unicode form are the same password", async () => {
    const stored = await hashPassword("caf\u00e9 au lait");
    expect(await verifyPassword("cafe\u0301 au lait", stored)).toBe(true);
  });

  test("an account that does not exist takes as long as one that does", async () => {
    const stored = await hashPassword("correct horse battery");
    const time = async (hash: string | null): Promise<number> => {
      const start = performance.now();
      expect(await verifyPassword("wrong password", hash)).toBe(false);
      return performance.now() - start;
    };
    const known = Math.min(await time(stored), await time(stored), await time(stored));
    const unknown = Math.min(await time(null), await time(null), await time(null));
    expect(unknown / known).toBeGreaterThan(0.5);
    expect(unknown / known).toBeLessThan(2);
  });

  test("a hash made with smaller costs still verifies and is marked for renewal", async () => {
    const cheap = cheapPasswordHash("correct horse battery");
    expect(await verifyPassword("correct horse battery", cheap)).toBe(true);
    expect(await verifyPassword("correct horse batterx", cheap)).toBe(false);
    expect(isPasswordHashOutdated(cheap)).toBe(true);
    expect(isPasswordHashOutdated(await hashPassword("correct horse battery"))).toBe(false);
  });

  test("what is no hash verifies nothing", async () => {
    expect(await verifyPassword("none", "none")).toBe(false);
    expect(await verifyPassword("", "")).toBe(false);
  });
});
