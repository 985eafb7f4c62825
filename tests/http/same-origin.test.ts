import { describe, expect, test } from "vitest";
import { plainPage } from "#lib/http/plain-page.ts";
import { isSameOrigin } from "#lib/http/same-origin.ts";

function isOwn(headers: Record<string, string>): boolean {
  return isSameOrigin(new Headers({ host: "id.example", ...headers }));
}

describe("A3: a form of our own", () => {
  test("says that it comes from this very host", () => {
    expect(isOwn({ origin: "https://id.example" })).toBe(true);
    expect(isOwn({ origin: "https://id.example", "x-forwarded-host": "id.example" })).toBe(true);
    expect(isOwn({ "sec-fetch-site": "same-origin" })).toBe(true);
    expect(isOwn({})).toBe(true);
  });

  test.each([
    ["another site", { origin: "https://evil.example" }],
    ["a sandbox", { origin: "null" }],
    ["a subdomain", { origin: "https://evil.id.example" }],
    ["another port", { origin: "https://id.example:8443" }],
    ["a look-alike", { origin: "https://id.example.evil.example" }],
    ["another site without an origin", { "sec-fetch-site": "cross-site" }],
    ["a sibling without an origin", { "sec-fetch-site": "same-site" }],
    ["another host than the proxy's", { origin: "https://id.example", "x-forwarded-host": "other.example" }],
  ])("is not one of %s", (_what, headers) => {
    expect(isOwn(headers)).toBe(false);
  });
});

describe("a page without machinery", () => {
  const hostile = `"><script>alert('1')</script>&amp;\r\n`;

  test("shows whatever it is given as text, and runs nothing but its own script", () => {
    const { body, headers } = plainPage({
      status: 400,
      title: hostile,
      message: hostile,
      link: { href: hostile, text: hostile },
      reference: hostile,
      form: { action: hostile, fields: { [hostile]: hostile }, button: hostile },
    });
    const nonce = /script-src 'nonce-([^']+)'/.exec(headers["content-security-policy"] ?? "")?.[1];
    expect(body.match(/<script/g)).toHaveLength(1);
    expect(body).toContain(`<script nonce="${nonce}">document.forms[0].submit()</script>`);
    expect(body).not.toContain("alert('1')");
    expect(body).toContain("&#13;&#10;");
    expect(headers).toMatchObject({ "cache-control": "no-store", "x-frame-options": "DENY" });
    expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
  });

  test("without a form runs no script and sends nothing", () => {
    const { headers, body } = plainPage({ status: 404, title: "Not found", message: "Nothing." });
    expect(headers["content-security-policy"]).toContain("form-action 'none'");
    expect(headers["content-security-policy"]).not.toContain("script-src");
    expect(body).not.toContain("<form");
  });
});
