import { describe, expect, test } from "vitest";
import { safeCallbackPath } from "#lib/auth/callback-path.ts";

describe("where sign-in leads", () => {
  test.each(["/orgs/acme-corp/portal", "/orgs/acme-corp/portal/audit-log?action=key.rotated", "/a/../b", "/"])(
    "a path of this site is kept: %s",
    (path) => {
      expect(new URL(safeCallbackPath(path), "http://site.example").origin).toBe("http://site.example");
      expect(safeCallbackPath(path)).toMatch(/^\/(?!\/)/);
    },
  );

  test.each([
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\/evil.example",
    "https://evil.example",
    "javascript:alert(1)",
    "/\t/evil.example",
    "/\n/evil.example",
    " //evil.example",
    "/.//evil.example",
    "/a/..//evil.example",
    "evil",
    "",
    undefined,
    ["/a"],
    `/${"a".repeat(3000)}`,
    "/sign-in?callback=/sign-in",
    "/api",
    "/api?page=2",
    "/api/auth/signout",
  ])("anything that could lead elsewhere becomes the start page: %j", (path) => {
    expect(safeCallbackPath(path)).toBe("/");
  });
});
