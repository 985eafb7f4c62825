import { afterAll, describe, expect, test } from "vitest";
import { secretOf, sessionCookie } from "#lib/auth/cookie.ts";
import { useEnvironment } from "../support/database.ts";

describe("the session cookie", () => {
  afterAll(() => useEnvironment({}));

  test("A3: on https it is tied to the host, secure, and out of reach of scripts", async () => {
    await useEnvironment({ SIGNET_PUBLIC_URL: "https://id.example.com" });
    expect(sessionCookie()).toEqual({
      name: "__Host-next-auth.session-token",
      options: { httpOnly: true, sameSite: "lax", path: "/", secure: true },
    });
  });

  test("A3: on a developer's machine it works without https", async () => {
    await useEnvironment({ SIGNET_PUBLIC_URL: "http://localhost:3000" });
    expect(sessionCookie()).toMatchObject({ name: "next-auth.session-token", options: { secure: false } });
  });

  test("a token without a secret of ours is nobody's", () => {
    for (const token of [null, "x", {}, { secret: 1 }, { secret: null }]) expect(secretOf(token)).toBeNull();
  });
});
