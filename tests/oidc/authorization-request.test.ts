import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AUTHORIZATION_PARAMETERS, readParameters } from "#lib/oidc/authorization-parameters.ts";
import {
  type AuthorizationClient,
  checkAuthorizationRequest,
  findReplyTarget,
} from "#lib/oidc/authorization-request.ts";
import { addToAddress } from "#lib/oidc/authorization-response.ts";

const CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
const CALLBACK = "https://app.example/callback";

const client: AuthorizationClient = {
  grantTypes: ["authorization_code", "refresh_token"],
  scopes: ["orders.read", "certificates.view"],
  redirectUris: [CALLBACK, "https://app.example/callback?tenant=1"],
  isConfidential: true,
};
const publicClient: AuthorizationClient = {
  ...client,
  isConfidential: false,
  redirectUris: ["http://127.0.0.1/cb", "http://[::1]:9000/cb", "http://localhost:4000/cb", "com.example.app:/cb"],
};
const RIGHT = {
  client_id: "client",
  redirect_uri: CALLBACK,
  response_type: "code",
  scope: "openid",
  code_challenge: CHALLENGE,
  code_challenge_method: "S256",
};

function parametersOf(changes: Record<string, string | undefined> = {}, added: [string, string][] = []) {
  const given = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...RIGHT, ...changes }))
    if (value !== undefined) given.append(name, value);
  for (const [name, value] of added) given.append(name, value);
  const read = readParameters(AUTHORIZATION_PARAMETERS, given);
  if (read === null) throw new Error("too long");
  return read;
}

function check(changes: Record<string, string | undefined> = {}, added: [string, string][] = [], of = client) {
  return checkAuthorizationRequest(parametersOf(changes, added), of);
}

// https://www.rfc-editor.org/rfc/rfc9700#section-2.1
describe("O1: where the answer of the authorization endpoint goes", () => {
  it("is what the client registered, character by character", () => {
    expect(findReplyTarget(parametersOf({ state: "s" }), client)).toEqual({
      redirectUri: CALLBACK,
      responseMode: "query",
      state: "s",
    });
    expect(findReplyTarget(parametersOf({ redirect_uri: `${CALLBACK}?tenant=1` }), client)).not.toBeNull();
  });

  it.each([
    ["missing", undefined],
    ["with a slash more", `${CALLBACK}/`],
    ["with a query more", `${CALLBACK}?a=b`],
    ["with a fragment", `${CALLBACK}#f`],
    ["in other letters", "https://APP.example/callback"],
    ["with its default port", "https://app.example:443/callback"],
    ["with a dot segment", "https://app.example/x/../callback"],
    ["with a user", "https://app.example@evil.example/callback"],
    ["of another host", "https://evil.example/callback"],
    ["by http", "http://app.example/callback"],
    ["encoded otherwise", "https://app.example/%63allback"],
  ])("is nowhere when it is %s", (_what, redirect_uri) => {
    expect(findReplyTarget(parametersOf({ redirect_uri }), client)).toBeNull();
  });

  it("is nowhere when two addresses are given, even if both are registered", () => {
    expect(findReplyTarget(parametersOf({}, [["redirect_uri", CALLBACK]]), client)).toBeNull();
  });

  // https://www.rfc-editor.org/rfc/rfc8252#section-7.3
  it("may be any port of the machine itself, for an installed program and by its number only", () => {
    const isTaken = (redirect_uri: string, of = publicClient): boolean =>
      findReplyTarget(parametersOf({ redirect_uri }), of) !== null;
    expect(isTaken("http://127.0.0.1:51004/cb")).toBe(true);
    expect(isTaken("http://[::1]:51004/cb")).toBe(true);
    expect(isTaken("com.example.app:/cb")).toBe(true);
    for (const address of [
      "http://127.0.0.1:51004/other",
      "http://127.0.0.1:51004/cb?x=1",
      "http://127.0.0.1:51004@evil.example/cb",
      "http://127.0.0.1.evil.example/cb",
      "http://127.0.0.1:99999/cb",
      "http://localhost:51004/cb",
      "com.example.app:/cb2",
    ]) {
      expect(isTaken(address), address).toBe(false);
    }
    const confidential = { ...publicClient, isConfidential: true };
    expect(isTaken("http://127.0.0.1:51004/cb", confidential)).toBe(false);
    expect(isTaken("http://127.0.0.1/cb", confidential)).toBe(true);
  });

  it("never leaves what is registered, whatever is sent", () => {
    const near = fc.oneof(
      fc.string(),
      fc.webUrl(),
      fc.string().map((tail) => CALLBACK + tail),
    );
    fc.assert(
      fc.property(near, (redirect_uri) => {
        const target = findReplyTarget(parametersOf({ redirect_uri }), client);
        return target === null || client.redirectUris.includes(target.redirectUri);
      }),
    );
  });

  it("gets the parameters beside a query that it has already, and keeps its characters", () => {
    expect(addToAddress("https://a.example/cb", { code: "a b&c" })).toBe("https://a.example/cb?code=a+b%26c");
    expect(addToAddress("https://a.example/cb?x=1", { code: "c" })).toBe("https://a.example/cb?x=1&code=c");
    expect(addToAddress("https://a.example/cb?", { code: "c" })).toBe("https://a.example/cb?code=c");
    expect(addToAddress("com.example.app:/cb", { code: "c" })).toBe("com.example.app:/cb?code=c");
    expect(addToAddress("https://a.example/cb", {})).toBe("https://a.example/cb");
  });
});

// https://openid.net/specs/openid-connect-core-1_0.html#AuthRequest
describe("what an authorization request asks for", () => {
  it("is read, with what is unknown ignored, even twice", () => {
    const asked = check({ nonce: "n", prompt: "login consent", max_age: "60", ui_locales: "de", resource: "a" }, [
      ["resource", "b"],
      ["unheard_of", "1"],
    ]);
    expect(asked).toEqual({
      scope: "openid",
      nonce: "n",
      codeChallenge: CHALLENGE,
      prompts: new Set(["login", "consent"]),
      maxAge: 60,
    });
  });

  it.each([
    ["without response_type", { response_type: undefined }, "invalid_request"],
    ["with an empty response_type", { response_type: "" }, "invalid_request"],
    ["for the implicit grant", { response_type: "id_token" }, "unsupported_response_type"],
    ["for the hybrid flow", { response_type: "code id_token" }, "unsupported_response_type"],
    ["in a fragment", { response_mode: "fragment" }, "invalid_request"],
    ["O3: without a proof key", { code_challenge: undefined }, "invalid_request"],
    ["O3: with a plain proof key", { code_challenge_method: "plain" }, "invalid_request"],
    ["O3: with no method, which means plain", { code_challenge_method: undefined }, "invalid_request"],
    ["O3: with a proof key that is no SHA-256", { code_challenge: "a".repeat(42) }, "invalid_request"],
    ["without scope", { scope: undefined }, "invalid_scope"],
    ["for nothing that the client may have", { scope: "orders.write" }, "invalid_scope"],
    ["with an unknown prompt", { prompt: "create" }, "invalid_request"],
    ["with none beside another prompt", { prompt: "none login" }, "invalid_request"],
    ["with a max_age that is no number", { max_age: "-1" }, "invalid_request"],
    ["with a max_age out of this world", { max_age: "9".repeat(30) }, "invalid_request"],
    ["with a nonce that cannot be stored", { nonce: "a\0" }, "invalid_request"],
    ["with a request object", { request: "e30.e30." }, "request_not_supported"],
    ["with a request object elsewhere", { request_uri: "https://app.example/r" }, "request_uri_not_supported"],
    ["with a registration", { registration: "{}" }, "registration_not_supported"],
  ])("is refused %s", (_what, changes, error) => {
    expect(check(changes)).toEqual({ error, description: expect.stringMatching(/^[\x20-\x21\x23-\x5B\x5D-\x7E]+$/) });
  });

  it("is refused when a known parameter is given twice, and a state given twice is not sent back", () => {
    for (const name of AUTHORIZATION_PARAMETERS) {
      expect(check({ [name]: "a" }, [[name, "a"]]), name).toMatchObject({ error: "invalid_request" });
    }
    expect(findReplyTarget(parametersOf({ state: "a" }, [["state", "b"]]), client)).toMatchObject({ state: null });
  });

  it("is refused for a client without the grant", () => {
    const machine: AuthorizationClient = { ...client, grantTypes: ["client_credentials"] };
    expect(check({}, [], machine)).toMatchObject({ error: "unauthorized_client" });
  });

  it("is granted as far as the client may have it: no management permission for a person, offline only with refresh tokens", () => {
    const scope = "openid email orders.read orders.write certificates.view offline_access openid";
    expect(check({ scope })).toMatchObject({ scope: "openid email orders.read offline_access" });
    const withoutRefresh: AuthorizationClient = { ...client, grantTypes: ["authorization_code"] };
    expect(check({ scope }, [], withoutRefresh)).toMatchObject({ scope: "openid email orders.read" });
  });

  it("is not even read when it is longer than any real one", () => {
    const given = new URLSearchParams({ ...RIGHT, state: "s".repeat(13_000) });
    expect(readParameters(AUTHORIZATION_PARAMETERS, given)).toBeNull();
  });
});
