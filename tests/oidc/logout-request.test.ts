import { describe, expect, it } from "vitest";
import { LOGOUT_PARAMETERS, readParameters } from "#lib/oidc/authorization-parameters.ts";
import { findLogoutDestination } from "#lib/oidc/logout-request.ts";

const client = {
  clientId: "client",
  postLogoutRedirectUris: ["https://app.example/bye", "https://app.example/bye?x=1"],
};
const hint = { userId: "ada", clientId: "client", sessionId: "s" };

function find(query: string, known: { client?: typeof client | null; hint?: typeof hint | null } = {}) {
  const parameters = readParameters(LOGOUT_PARAMETERS, new URLSearchParams(query));
  if (parameters === null) throw new Error("too long");
  return findLogoutDestination(parameters, known.client ?? null, known.hint ?? null);
}

// https://openid.net/specs/openid-connect-rpinitiated-1_0.html#RPLogout
describe("where a person goes after a sign-out", () => {
  it("is a page of ours unless the client asks for an address that it registered, with its state", () => {
    expect(find("")).toEqual({ address: null });
    expect(find("state=s", { client })).toEqual({ address: null });
    const asked = "client_id=client&post_logout_redirect_uri=https://app.example/bye";
    expect(find(asked, { client })).toEqual({ address: "https://app.example/bye" });
    expect(find(`${asked}&state=a%20b`, { client })).toEqual({ address: "https://app.example/bye?state=a+b" });
    expect(find(`${asked}%3Fx=1&state=s`, { client, hint })).toEqual({
      address: "https://app.example/bye?x=1&state=s",
    });
  });

  it.each([
    [
      "an address that is not registered",
      "client_id=client&post_logout_redirect_uri=https://app.example/bye/",
      { client },
    ],
    ["an address of nobody", "post_logout_redirect_uri=https://app.example/bye", {}],
    ["an unknown client", "client_id=other", {}],
    ["another client's ID token", "client_id=client", { client, hint: { ...hint, clientId: "other" } }],
    ["a parameter twice", "state=a&state=b", { client }],
  ])("is nowhere with %s", (_what, query, known) => {
    expect(find(query, known)).toHaveProperty("message");
  });
});
