// Sign-out that an application begins, over HTTP against the built product.
// https://openid.net/specs/openid-connect-rpinitiated-1_0.html
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { callApi } from "../support/api-client.ts";
import { BrowserClient, type Visit } from "../support/browser-client.ts";
import { adminToken, FlowClient, GOODBYE } from "../support/flow-client.ts";
import { OWNER, type SignetServer, startSignetServer } from "../support/signet-server.ts";

describe("the end-session endpoint", () => {
  let server: SignetServer;
  let admin: string;
  let address: string;
  let client: FlowClient;
  let other: FlowClient;

  beforeAll(async () => {
    server = await startSignetServer();
    address = `${server.url}/orgs/acme-corp/oauth/logout`;
    admin = adminToken(server);
    client = await FlowClient.create(server, admin, { name: "Reports" });
    other = await FlowClient.create(server, admin, { name: "Other" });
  }, 120_000);
  afterAll(() => server?.stop());

  async function signedIn(): Promise<{ browser: BrowserClient; idToken: string; refreshToken: unknown }> {
    const browser = new BrowserClient(server.url);
    const code = client.codeOf(await browser.signIn(await client.authorize(browser), OWNER));
    const { id_token, refresh_token } = await client.redeem(code);
    return { browser, idToken: String(id_token), refreshToken: refresh_token };
  }

  function leave(browser: BrowserClient, parameters: Record<string, string>): Promise<Visit> {
    return browser.follow(`${address}?${new URLSearchParams(parameters)}`);
  }

  async function isSignedIn(browser: BrowserClient): Promise<boolean> {
    const answer = client.answerOf(await client.authorize(browser, { prompt: "none" }));
    return answer.get("error") === null;
  }

  it("signs out at once with the person's ID token, ends the application's session, and leads back with the state", async () => {
    const { browser, idToken, refreshToken } = await signedIn();
    const out = await leave(browser, { id_token_hint: idToken, post_logout_redirect_uri: GOODBYE, state: "a b" });
    expect([out.status, out.location]).toEqual([303, `${GOODBYE}?state=a+b`]);
    expect(await isSignedIn(browser)).toBe(false);
    expect(await client.refresh(refreshToken)).toMatchObject({ error: "invalid_grant" });
  });

  it("accepts an ID token whose key was rotated out and dropped", async () => {
    const { browser, idToken } = await signedIn();
    const rotate = { method: "POST", path: "signing-key/rotate", body: { override_reason: "test" } };
    expect((await callApi(server.url, admin, rotate)).status).toBe(200);
    admin = adminToken(server);
    const drop = { method: "DELETE", path: "signing-key/previous?force=true" };
    expect((await callApi(server.url, admin, drop)).status).toBe(200);
    const out = await leave(browser, { id_token_hint: idToken, post_logout_redirect_uri: GOODBYE });
    expect(out.location).toBe(GOODBYE);
    expect(await isSignedIn(browser)).toBe(false);
  });

  it("asks the person when nothing proves that the application means them, and believes only its own form", async () => {
    const { browser } = await signedIn();
    const asked = { client_id: client.clientId, post_logout_redirect_uri: GOODBYE, state: "s" };
    const page = await leave(browser, asked);
    expect(page.text).toContain("Sign out?");
    expect(page.text).toContain("Reports asks you to");
    expect(page.headers.get("content-security-policy")).toContain("form-action 'self' https://app.example;");
    const forged = await browser.visit(address, { ...asked, decision: "sign_out" }, { origin: "https://evil.example" });
    expect((await browser.follow(forged.location ?? "")).text).toContain("Sign out?");
    expect(await isSignedIn(browser)).toBe(true);
    const out = await browser.submit(page, { decision: "sign_out" });
    expect(out.location).toBe(`${GOODBYE}?state=s`);
    expect(await isSignedIn(browser)).toBe(false);
  });

  it("takes a form of the application, whose request comes without the cookie", async () => {
    const { browser, idToken } = await signedIn();
    const form = { id_token_hint: idToken, post_logout_redirect_uri: GOODBYE };
    const posted = await new BrowserClient(server.url).visit(address, form, { origin: "https://app.example" });
    expect((await browser.follow(posted.location ?? "")).location).toBe(GOODBYE);
    expect(await isSignedIn(browser)).toBe(false);
  });

  it("says that it is done when there is nowhere to go", async () => {
    const { browser, idToken } = await signedIn();
    expect((await leave(browser, { id_token_hint: idToken })).text).toContain("You are signed out");
    expect((await leave(new BrowserClient(server.url), {})).text).toContain("You are signed out");
  });

  it.each([
    ["an address that is not registered", { post_logout_redirect_uri: "https://evil.example" }],
    ["a registered address with more", { post_logout_redirect_uri: `${GOODBYE}?x=1` }],
  ])("leads nowhere with %s, and signs nobody out", async (_what, asked) => {
    const { browser, idToken } = await signedIn();
    const ways: Record<string, string>[] = [{ id_token_hint: idToken }, { client_id: client.clientId }, {}];
    for (const known of ways) {
      const page = await leave(browser, { ...known, ...asked });
      expect([page.status, page.location]).toEqual([400, null]);
    }
    expect(await isSignedIn(browser)).toBe(true);
  });

  it("leads nowhere with the ID token of another application, or with a broken one and no client", async () => {
    const { browser, idToken } = await signedIn();
    const foreign = { id_token_hint: idToken, client_id: other.clientId, post_logout_redirect_uri: GOODBYE };
    expect((await leave(browser, foreign)).status).toBe(400);
    const broken = { id_token_hint: `${idToken.slice(0, -6)}AAAAAA`, post_logout_redirect_uri: GOODBYE };
    expect((await leave(browser, broken)).status).toBe(400);
    expect(await isSignedIn(browser)).toBe(true);
  });
});
