import { describe, expect, test } from "vitest";
import { contentSecurityPolicy, pageHeaders } from "#lib/http/page-headers.ts";

const built = { nonce: "bm9uY2U=", isDevelopmentServer: false, isSecureSite: true };

describe("the security headers of pages", () => {
  test("a built page runs only scripts and styles that carry its nonce", () => {
    const policy = contentSecurityPolicy(built);
    expect(policy).toContain("script-src 'self' 'nonce-bm9uY2U=' 'strict-dynamic';");
    expect(policy).toContain("style-src 'self' 'nonce-bm9uY2U=';");
    expect(policy).not.toContain("unsafe-eval");
    expect(policy).not.toMatch(/(script|style)-src [^;]*'unsafe-inline'/);
  });

  test("no other site may frame a page, take its forms or change its base", () => {
    const policy = contentSecurityPolicy(built);
    for (const directive of ["frame-ancestors 'none'", "form-action 'self'", "base-uri 'none'", "object-src 'none'"]) {
      expect(policy).toContain(directive);
    }
    expect(pageHeaders(built)["x-frame-options"]).toBe("DENY");
  });

  test("only a site on https tells browsers to stay on https", () => {
    expect(pageHeaders(built)["strict-transport-security"]).toBe("max-age=63072000");
    const plain = pageHeaders({ ...built, isSecureSite: false });
    expect(plain).not.toHaveProperty("strict-transport-security");
    expect(plain["content-security-policy"]).not.toContain("upgrade-insecure-requests");
  });
});
