// The cases of the OpenID conformance modules for the authorization endpoint, over HTTP against the built product.
// https://openid.net/certification/testing/
import { decodeJwt } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BrowserClient, hiddenFields } from "../support/browser-client.ts";
import { adminToken, CALLBACK, FlowClient } from "../support/flow-client.ts";
import { OWNER, type SignetServer, startSignetServer } from "../support/signet-server.ts";

describe("the authorization endpoint", () => {
  let server: SignetServer;
  let issuer: string;
  let client: FlowClient;
  let asking: FlowClient;
  let signedIn: BrowserClient;

  beforeAll(async () => {
    server = await startSignetServer();
    issuer = `${server.url}/orgs/acme-corp`;
    const admin = adminToken(server);
    client = await FlowClient.create(server, admin, { name: "Reports" });
    const fields = { name: "Planner <b>&", consent_required: true, scopes: ["orders.read"] };
    asking = await FlowClient.create(server, admin, fields);
    signedIn = new BrowserClient(server.url);
    expect(client.codeOf(await signedIn.signIn(await client.authorize(signedIn), OWNER))).toBeTruthy();
  }, 120_000);
  afterAll(() => server?.stop());

  it("oidcc-server: leads over the sign-in to a code, the code to an ID token with auth_time", async () => {
    const browser = new BrowserClient(server.url);
    const page = await client.authorize(browser, { nonce: "n-1" });
    expect(page.text).toContain("Sign in to Reports");
    const before = Math.floor(Date.now() / 1000);
    const claims = decodeJwt(await client.idTokenOf(await browser.signIn(page, OWNER)));
    expect(claims).toMatchObject({ iss: issuer, aud: client.clientId, nonce: "n-1" });
    expect(claims.auth_time).toBeGreaterThanOrEqual(before);
    // The next one needs no page, and tells the same time of sign-in.
    const again = decodeJwt(await client.idTokenOf(await client.authorize(browser)));
    expect(again).toMatchObject({ sub: claims.sub, auth_time: claims.auth_time });
    expect(again).not.toHaveProperty("nonce");
  });

  it("oidcc-server: takes the request as a form of another site, and knows the person although the cookie is not sent", async () => {
    const foreign = { origin: "https://app.example" };
    const posted = await new BrowserClient(server.url).visit(`${issuer}/oauth/authorize`, client.queryOf(), foreign);
    expect(posted.status).toBe(303);
    expect(client.codeOf(await signedIn.follow(posted.location ?? ""))).toBeTruthy();
    const silent = await new BrowserClient(server.url).visit(
      `${issuer}/oauth/authorize`,
      client.queryOf({ prompt: "none" }),
      foreign,
    );
    expect(client.errorOf(await new BrowserClient(server.url).follow(silent.location ?? ""))).toBe("login_required");
  });

  it.each([
    ["O1: an unregistered address", { redirect_uri: "https://app.example/other" }],
    ["O1: a registered address with another query", { redirect_uri: "https://app.example/callback?tenant=2" }],
    ["O1: a registered address with more query", { redirect_uri: `${CALLBACK}&x=1` }],
    ["O1: no address", { redirect_uri: undefined }],
    ["no client", { client_id: undefined }],
    ["an unknown client", { client_id: "unknown" }],
    ["a hostile client", { client_id: "a\0b" }],
    ["an endless state", { state: "s".repeat(13_000) }],
  ])("shows a page and sends nobody anywhere with %s", async (_what, asked) => {
    const page = await client.authorize(signedIn, asked);
    expect([page.status, page.location]).toEqual([400, null]);
    expect(page.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(page.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
    expect(page.text).toContain("This sign-in cannot go on");
  });

  it.each([
    ["oidcc-response-type-missing", { response_type: undefined }, "invalid_request"],
    ["an unsupported response_type", { response_type: "token" }, "unsupported_response_type"],
    ["oidcc-unsigned-request-object", { request: "e30.e30." }, "request_not_supported"],
    ["oidcc-request-uri", { request_uri: "https://app.example/r.jwt" }, "request_uri_not_supported"],
    ["a registration", { registration: "{}" }, "registration_not_supported"],
    ["O3: no proof key", { code_challenge: undefined }, "invalid_request"],
    ["an id_token_hint that is none", { id_token_hint: "e30.e30.e30" }, "invalid_request"],
  ])("answers the application with an error for %s, with its state", async (_what, asked, error) => {
    const visit = await client.authorize(signedIn, asked);
    expect(client.errorOf(visit)).toBe(error);
    expect(client.answerOf(visit).get("state")).toBe("a state");
  });

  it("oidcc-prompt-none: is silent, with a code for the signed-in and login_required for the others", async () => {
    expect(client.codeOf(await client.authorize(signedIn, { prompt: "none" }))).toBeTruthy();
    expect(client.errorOf(await client.authorize(new BrowserClient(server.url), { prompt: "none" }))).toBe(
      "login_required",
    );
    expect(client.errorOf(await asking.authorize(signedIn, { prompt: "none" }))).toBe("consent_required");
  });

  it.each([
    ["oidcc-prompt-login", { prompt: "login" }],
    ["oidcc-max-age-1", { max_age: "0" }],
  ])("%s: asks for a new sign-in, once, and tells its later time", async (_what, asked) => {
    const browser = signedIn.copy();
    const first = decodeJwt(await client.idTokenOf(await client.authorize(browser)));
    await new Promise((resolve) => setTimeout(resolve, 1100));
    const page = await client.authorize(browser, asked);
    expect(page.text).toContain("prove once more");
    const second = decodeJwt(await client.idTokenOf(await browser.signIn(page, OWNER)));
    expect(Number(second.auth_time)).toBeGreaterThan(Number(first.auth_time));
    expect(second.sub).toBe(first.sub);
    signedIn = browser;
  });

  it("oidcc-max-age-10000: asks nobody again whose sign-in is young enough", async () => {
    const claims = decodeJwt(await client.idTokenOf(await client.authorize(signedIn, { max_age: "10000" })));
    expect(claims).toHaveProperty("auth_time");
  });

  it("oidcc-id-token-hint: a silent request with the hint of this person is answered, that of another is not", async () => {
    const hint = await client.idTokenOf(await client.authorize(signedIn));
    expect(client.codeOf(await client.authorize(signedIn, { prompt: "none", id_token_hint: hint }))).toBeTruthy();
    const nobody = new BrowserClient(server.url);
    expect(client.errorOf(await client.authorize(nobody, { prompt: "none", id_token_hint: hint }))).toBe(
      "login_required",
    );
    expect(client.errorOf(await asking.authorize(signedIn, { prompt: "none", id_token_hint: hint }))).toBe(
      "invalid_request",
    );
  });

  it("oidcc-login-hint, oidcc-ensure-request-with-unknown-parameter-succeeds: fills in the address, ignores the rest", async () => {
    const asked = {
      login_hint: "ada@acme.example",
      ui_locales: "se",
      claims_locales: "se",
      acr_values: "1 2",
      extra: "foobar",
    };
    const page = await client.authorize(new BrowserClient(server.url), asked);
    expect(page.text).toMatch(/<input[^>]*name="email"[^>]*value="ada@acme.example"/);
    expect(client.codeOf(await client.authorize(signedIn, asked))).toBeTruthy();
  });

  it("O2: a code works once", async () => {
    const code = client.codeOf(await client.authorize(signedIn));
    expect(await client.redeem(code)).toHaveProperty("access_token");
    expect(await client.redeem(code)).toMatchObject({ error: "invalid_grant" });
  });

  it("form_post: answers with a form that posts itself", async () => {
    const page = await client.authorize(signedIn, { response_mode: "form_post", state: `"><b>` });
    expect(page.status).toBe(200);
    expect(page.text).toContain(`action="${CALLBACK}"`);
    expect(hiddenFields(page.text)).toEqual({ code: expect.any(String), state: `"><b>`, iss: issuer });
  });

  it("consent is asked for once, shows what is given, and can be refused", async () => {
    const browser = signedIn.copy();
    const asked = { scope: "openid email orders.read unknown" };
    const page = await asking.authorize(browser, asked);
    expect(page.url).toContain("/oauth/consent?");
    expect(page.text).toContain("Planner &lt;b&gt;&amp; wants to use your account");
    expect(page.text).toContain("orders.read");
    expect(page.headers.get("content-security-policy")).toContain("form-action 'self' https://app.example;");
    expect(page.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
    expect(client.errorOf(await browser.submit(page, { decision: "deny" }))).toBe("access_denied");
    const second = await asking.authorize(browser, asked);
    const code = client.codeOf(await browser.submit(second, { decision: "allow" }));
    expect(await asking.redeem(code)).toMatchObject({ scope: "openid email orders.read" });
    expect(client.codeOf(await asking.authorize(browser, { ...asked, prompt: "none" }))).toBeTruthy();
    expect((await asking.authorize(browser, { ...asked, prompt: "consent" })).url).toContain("/oauth/consent?");
  });

  it("A3: consent counts only from our own page, of the very session that it was shown to", async () => {
    const browser = signedIn.copy();
    const page = await client.authorize(browser, { prompt: "consent" });
    const form: Record<string, string> = { ...hiddenFields(page.text), decision: "allow" };
    const foreign = await browser.visit(`${issuer}/oauth/resume`, form, { origin: "https://evil.example" });
    expect([foreign.status, foreign.location]).toEqual([403, null]);
    const guessed = await browser.follow(`${issuer}/oauth/resume`, { ...form, token: "x".repeat(43) });
    expect(guessed.url).toContain("/oauth/consent?");
    const nobody = await new BrowserClient(server.url).follow(`${issuer}/oauth/resume`, form);
    expect(nobody.url).toContain("/sign-in?");
    const elsewhere = Buffer.from("https://evil.example").toString("base64url");
    const moved = { ...form, request: String(form.request).replace(/\.[^.]*$/, `.${elsewhere}`) };
    expect((await browser.follow(`${issuer}/oauth/resume`, moved)).status).toBe(400);
    expect(client.codeOf(await browser.follow(`${issuer}/oauth/resume`, form))).toBeTruthy();
  });

  it("select_account shows who is signed in, and lets another one in", async () => {
    const browser = signedIn.copy();
    const page = await client.authorize(browser, { prompt: "select_account" });
    expect(page.text).toContain(OWNER.email);
    expect(page.text).toContain("Use another account");
    expect(client.codeOf(await browser.submit(page, { decision: "allow" }))).toBeTruthy();
  });

  it("a wrong password leads back to the form, with the address and the way to the application kept", async () => {
    const browser = new BrowserClient(server.url);
    const wrong = { email: "nobody@acme.example", password: "wrong" };
    const page = await browser.submit(await client.authorize(browser), wrong);
    expect(page.text).toContain("The email address or the password is wrong.");
    expect(page.text).toMatch(/<input[^>]*name="email"[^>]*value="nobody@acme.example"/);
    expect(page.url).not.toContain("nobody");
    expect(client.codeOf(await browser.signIn(page, OWNER))).toBeTruthy();
  });

  it("A3: the sign-in form is taken from our own page only, and an ended request says so", async () => {
    const stolen = await new BrowserClient(server.url).visit(
      "/sign-in/session",
      { ...OWNER, callback: "/" },
      { origin: "https://evil.example" },
    );
    expect(stolen.status).toBe(403);
    expect(stolen.headers.getSetCookie()).toEqual([]);
    const ended = await signedIn.visit(`${issuer}/oauth/resume?request=${"x".repeat(43)}.eA`);
    expect([ended.status, ended.location]).toEqual([400, null]);
    expect((await signedIn.visit(`${server.url}/orgs/nowhere/oauth/authorize`)).status).toBe(404);
  });
});
