import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  consentPath,
  formDestination,
  isHandle,
  readResumePath,
  resumePath,
  signInPath,
  toHandle,
} from "#lib/oidc/authorization-handle.ts";

const RANDOM = "r".repeat(43);
const SITE = "https://id.example";

function destinationOf(path: string): string | null {
  return formDestination(new URL(path, SITE));
}

describe("the handle of a request that waits", () => {
  it.each([
    ["https://app.example/cb?x=1", "https://app.example"],
    ["https://app.example:8443/cb", "https://app.example:8443"],
    ["http://127.0.0.1:51004/cb", "http://127.0.0.1:51004"],
    ["http://[::1]:51004/cb", "http://[::1]:51004"],
    ["com.example.app:/cb", "com.example.app:"],
  ])("for %s lets the forms on the way lead to %s", (redirectUri, source) => {
    const handle = toHandle(RANDOM, redirectUri);
    expect(isHandle(handle)).toBe(true);
    expect(destinationOf(signInPath("acme", handle))).toBe(source);
    expect(destinationOf(consentPath("acme", handle))).toBe(source);
  });

  it("is found again in the path that the sign-in leads back to", () => {
    const handle = toHandle(RANDOM, "https://app.example/cb");
    expect(readResumePath(resumePath("acme", handle))).toEqual({ organizationId: "acme", handle });
    for (const path of ["/orgs/acme/portal", "/orgs/acme/oauth/resume", "/orgs/acme/oauth/resume?request=x", "/"]) {
      expect(readResumePath(path)).toBeNull();
    }
  });

  it("names a place on these pages only, and other pages' forms stay here", () => {
    const handle = toHandle(RANDOM, "https://app.example/cb");
    expect(destinationOf(`/orgs/acme/portal?request=${handle}`)).toBeNull();
    expect(destinationOf("/sign-in?callback=/orgs/acme/portal")).toBeNull();
    expect(destinationOf("/sign-in?callback=//evil.example")).toBeNull();
    expect(destinationOf("/sign-in")).toBeNull();
    expect(destinationOf("/orgs/acme/oauth/logout/confirm?post_logout_redirect_uri=https://app.example/bye")).toBe(
      "https://app.example",
    );
  });

  it("can hold nothing that would end a directive of the policy", () => {
    const place = (text: string): string => `${RANDOM}.${Buffer.from(text).toString("base64url")}`;
    for (const text of ["https://a;sandbox", "https://a'b", "https://a,b", "javascript:alert(1)", "*", "x", ""]) {
      expect(destinationOf(consentPath("acme", place(text))), text).toBeNull();
    }
    fc.assert(
      fc.property(fc.string(), (text) => {
        const found = destinationOf(consentPath("acme", place(text)));
        return found === null || /^(?:https?:\/\/[a-z0-9.:[\]-]+|[a-z][a-z0-9+.-]*:)$/.test(found);
      }),
    );
  });
});
