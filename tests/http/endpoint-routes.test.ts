import { describe, expect, it } from "vitest";
import type { Endpoint } from "#lib/http/endpoint.ts";
import { compileRoutes } from "#lib/http/endpoint-routes.ts";
import { fastestOfFive } from "../support/timing.ts";

const endpoint = (): Endpoint => ({ methods: ["GET"], answer: () => ({ status: 200, headers: {}, body: "" }) });
const [jwks, root, metadata] = [endpoint(), endpoint(), endpoint()];
const find = compileRoutes({
  "/orgs/{orgId}/.well-known/jwks.json": jwks,
  "/.well-known/jwks.json": root,
  "/.well-known/oauth-authorization-server/orgs/{orgId}": metadata,
});

describe("the table of machine endpoints", () => {
  it("finds exact paths, and paths with one parameter in the middle or at the end", () => {
    expect(find("/.well-known/jwks.json")?.endpoint).toBe(root);
    expect(find("/orgs/acme-corp/.well-known/jwks.json")).toEqual({
      endpoint: jwks,
      params: { orgId: "acme-corp" },
      isMalformed: false,
    });
    expect(find("/.well-known/oauth-authorization-server/orgs/acme-corp")?.endpoint).toBe(metadata);
  });

  it.each([
    "/",
    "/orgs/acme-corp",
    "/orgs//.well-known/jwks.json",
    "/orgs/acme-corp/.well-known/jwks.json/",
    "/orgs/acme-corp/.well-known/jwks.jsonx",
    "/orgs/a/b/.well-known/jwks.json",
    "/ORGS/acme-corp/.well-known/jwks.json",
    "//orgs/acme-corp/.well-known/jwks.json",
    "/.well-known/oauth-authorization-server/orgs/",
    "http://elsewhere/orgs/acme-corp/.well-known/jwks.json",
  ])("leaves %s to the portal", (path) => {
    expect(find(path)).toBeNull();
  });

  it.each(["..", ".", "%2e%2e", "%2E", "a%2fb", "a%2Fb", "a%5cb", "a%00", "%", "%zz", "%c3%28"])(
    "marks the segment %s as malformed",
    (segment) => {
      expect(find(`/orgs/${segment}/.well-known/jwks.json`)?.isMalformed).toBe(true);
    },
  );

  it("decodes other escapes, so that both planes see the same organization", () => {
    expect(find("/orgs/acme%2dcorp/.well-known/jwks.json")?.params).toEqual({ orgId: "acme-corp" });
  });

  it("takes no longer for a hostile path", async () => {
    const finding = await fastestOfFive(() => {
      find(`/orgs/${"%2e/".repeat(20_000)}`);
      find(`/orgs/${"a".repeat(80_000)}/.well-known/jwks.json`);
    });
    expect(finding).toBeLessThan(100);
  });
});
