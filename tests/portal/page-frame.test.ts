import { readdirSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { PATH_HEADER } from "#lib/auth/callback-path.ts";
import { framePage, isPagePath, PAGE_PATHS } from "#lib/portal/page-frame.ts";
import { config } from "../../proxy.ts";
import { useEnvironment } from "../support/database.ts";
import { sourceFiles } from "../support/source.ts";

const PAGE = "https://id.example.com/orgs/acme-corp/portal/audit-log";
const toPath = (file: string): string =>
  file.replace(/^app|\/(?:page|route)\.tsx?$/g, "").replace(/\[[^\]]+\]/g, "x") || "/";
const files = sourceFiles("app");
const pages = files.filter((file) => file.endsWith("/page.tsx")).map(toPath);
/** Those that answer programs; the rest lead a person on and have no page of their own either. */
const routes = files.filter((file) => file.endsWith("/route.ts")).map(toPath);

beforeAll(() => useEnvironment({ SIGNET_PUBLIC_URL: "https://id.example.com" }));

describe("the frame of a page", () => {
  it("is put around the same paths by the portal's process and by proxy.ts, which leaves framed requests alone", () => {
    expect(config.matcher).toEqual([{ source: PAGE_PATHS, missing: [{ type: "header", key: PATH_HEADER }] }]);
  });

  it("is put around every page, and around nothing else", () => {
    expect(pages.filter((path) => !isPagePath(path))).toEqual([]);
    expect(routes.filter(isPagePath)).toEqual([]);
    const files = readdirSync("public").map((name) => `/${name}`);
    const others = ["/_next/static/chunks/a.js", "/orgs/acme-corp/saml/metadata"];
    expect([...files, ...others].filter(isPagePath)).toEqual([]);
  });

  it("is put around the page that says that there is nothing, wherever that is", () => {
    const nowhere = ["/x", "/x.txt", "/favicon.ico.bak", "/orgs/acme-corp/x.txt", "/orgs/acme-corp/portal/x.svg"];
    expect(nowhere.filter((path) => !isPagePath(path))).toEqual([]);
  });

  it("has a nonce of its own each time, the same for Next and for the browser", () => {
    const policies = Array.from({ length: 100 }, () => framePage(new URL(PAGE)));
    expect(new Set(policies.map(({ response }) => response["content-security-policy"])).size).toBe(100);
    for (const { request, response } of policies) {
      expect(request["content-security-policy"]).toBe(response["content-security-policy"]);
      expect(response["content-security-policy"]).toMatch(/'nonce-[A-Za-z0-9+/]{22}=='/);
    }
  });

  it("tells the page its own address, without what Next's router adds to it", () => {
    const pathOf = (search: string): string | undefined => framePage(new URL(PAGE + search)).request[PATH_HEADER];
    expect(pathOf("")).toBe("/orgs/acme-corp/portal/audit-log");
    expect(pathOf("?action=key.rotated&cursor=a%2Bb")).toBe(
      "/orgs/acme-corp/portal/audit-log?action=key.rotated&cursor=a%2Bb",
    );
    expect(pathOf("?_rsc=1abc")).toBe("/orgs/acme-corp/portal/audit-log");
    expect(pathOf("?action=key.rotated&_rsc=1abc")).toBe("/orgs/acme-corp/portal/audit-log?action=key.rotated");
  });
});
