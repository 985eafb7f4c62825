// People on the way to an application: sign-in, consent, another account, sign-out; with and without scripts, by keyboard, at 380 px.
import { createHash } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "@playwright/test";
import { callApi } from "../support/api-client.ts";
import { expect, expectAccessible, ORGANIZATION, type Person, test, useTheme } from "./fixture.ts";

const CHALLENGE = createHash("sha256").update("v".repeat(50)).digest("base64url");
const SCOPE = "openid profile email offline_access orders.read";

let application: Server;
let applicationUrl = "";

test.beforeAll(async () => {
  application = createServer((request, response) => {
    response.setHeader("content-type", "text/html");
    response.end(
      `<!doctype html><html lang="en"><title>The application</title><h1>The application</h1>${request.method}`,
    );
  });
  await new Promise<void>((resolve) => application.listen(0, "127.0.0.1", resolve));
  // Another host than the portal's, so that the browser holds the chain of redirects against the policy of the page.
  applicationUrl = `http://127.0.0.1:${(application.address() as AddressInfo).port}`;
});
test.afterAll(() => application.close());

/** Registers an application and answers with the address that its sign-in button leads to. */
async function register(
  serverUrl: string,
  admin: string,
  fields: Record<string, unknown>,
): Promise<{ clientId: string; address: (asked?: Record<string, string>) => string }> {
  const { status, body, text } = await callApi(serverUrl, admin, {
    method: "POST",
    path: "applications",
    body: {
      protocol: "oidc",
      grant_types: ["authorization_code", "refresh_token"],
      redirect_uris: [`${applicationUrl}/callback`],
      post_logout_redirect_uris: [`${applicationUrl}/bye`],
      scopes: ["orders.read"],
      ...fields,
    },
  });
  expect(status, text).toBe(201);
  const clientId = String(body.client_id);
  const address = (asked: Record<string, string> = {}): string => {
    const query = new URLSearchParams({
      client_id: clientId,
      redirect_uri: `${applicationUrl}/callback`,
      response_type: "code",
      scope: SCOPE,
      state: "s",
      code_challenge: CHALLENGE,
      code_challenge_method: "S256",
      ...asked,
    });
    return `${serverUrl}/orgs/${ORGANIZATION}/oauth/authorize?${query}`;
  };
  return { clientId, address };
}

async function fillIn(page: Page, person: Person): Promise<void> {
  await page.getByLabel("Email").fill(person.email);
  await page.getByLabel("Password", { exact: true }).fill(person.password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** Waits until the application has its answer. */
async function arrivedWith(page: Page, answer: RegExp): Promise<void> {
  await page.waitForURL((url) => url.href.startsWith(`${applicationUrl}/callback`));
  expect(page.url()).toMatch(answer);
}

async function expectNoSideways(page: Page): Promise<void> {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(over, `${page.url()} scrolls sideways`).toBeLessThanOrEqual(0);
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with scripts" : "without scripts", () => {
    test.use({ javaScriptEnabled });

    test("a person signs in on the way to an application, allows it, comes back silently, and signs out", async ({
      page,
      server,
      admin,
      people,
    }) => {
      const { address, clientId } = await register(server.url, admin, {
        name: `Planner ${javaScriptEnabled}`,
        consent_required: true,
      });
      await page.goto(address({ login_hint: people.owner.email }));
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Sign in to Planner ${javaScriptEnabled}`);
      await expect(page.getByLabel("Email")).toHaveValue(people.owner.email);
      await fillIn(page, { ...people.owner, password: "not this one" });
      await expect(page.getByText("The email address or the password is wrong.")).toBeVisible();
      await expect(page.getByLabel("Email")).toHaveValue(people.owner.email);
      await fillIn(page, people.owner);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(
        `Planner ${javaScriptEnabled} wants to use your account`,
      );
      for (const given of ["Your name", "Your email address", "Access while you are away", "orders.read"]) {
        await expect(page.getByText(given, { exact: true })).toBeVisible();
      }
      await expect(page.getByText(people.owner.email).first()).toBeVisible();
      await page.getByRole("button", { name: "Allow" }).click();
      await arrivedWith(page, /\?code=[\w-]{43}&state=s&iss=/);
      await page.goto(address({ prompt: "none" }));
      await arrivedWith(page, /\?code=/);
      const parameters = new URLSearchParams({
        client_id: clientId,
        post_logout_redirect_uri: `${applicationUrl}/bye`,
      });
      await page.goto(`${server.url}/orgs/${ORGANIZATION}/oauth/logout?${parameters}`);
      await page.getByRole("button", { name: "Sign out" }).click();
      await page.waitForURL(`${applicationUrl}/bye`);
      await page.goto(address({ prompt: "none" }));
      await arrivedWith(page, /\?error=login_required&/);
    });

    test("a person refuses, and one of another organization is told so and can use another account", async ({
      page,
      server,
      admin,
      people,
    }) => {
      const { address } = await register(server.url, admin, { name: "Orders", consent_required: true });
      await page.goto(address());
      await fillIn(page, people.stranger);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("This account cannot use Orders");
      await page.getByRole("button", { name: "Back" }).click();
      await arrivedWith(page, /\?error=access_denied&/);
      await page.goto(address());
      await page.getByRole("link", { name: "Use another account" }).click();
      await expect(page.getByLabel("Email")).toHaveValue("");
      await fillIn(page, people.auditor);
      await page.getByRole("button", { name: "Cancel" }).click();
      await arrivedWith(page, /\?error=access_denied&/);
    });

    test("an application that wants a form gets one", async ({ page, server, admin, people }) => {
      const { address } = await register(server.url, admin, { name: "Forms" });
      await page.goto(address({ response_mode: "form_post" }));
      await fillIn(page, people.owner);
      if (!javaScriptEnabled) await page.getByRole("button", { name: "Continue" }).click();
      await arrivedWith(page, /callback$/);
      await expect(page.getByText("POST")).toBeVisible();
    });
  });
}

for (const theme of ["light", "dark"] as const) {
  test(`every page on the way is accessible in ${theme} and fits 380 px`, async ({
    page,
    context,
    server,
    admin,
    people,
    consoleErrors,
  }) => {
    const name = "A very long name of an application that nobody shortened";
    const { address, clientId } = await register(server.url, admin, { name, consent_required: true });
    const logout = `${server.url}/orgs/${ORGANIZATION}/oauth/logout?client_id=${clientId}`;
    await useTheme(context, server, theme);
    await page.emulateMedia({ colorScheme: theme });
    const check = async (): Promise<void> => {
      for (const width of [1280, 380]) {
        await page.setViewportSize({ width, height: 800 });
        await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
        await expectAccessible(page);
        await expectNoSideways(page);
      }
    };
    await page.goto(address());
    await check();
    await fillIn(page, { email: "nobody@acme.example", password: "wrong" });
    await page.getByText("is wrong").waitFor();
    await check();
    await fillIn(page, people.stranger);
    await page.getByText("cannot use").waitFor();
    await check();
    await page.getByRole("link", { name: "Use another account" }).click();
    await fillIn(page, people.owner);
    await page.getByText("wants to use").waitFor();
    await check();
    for (const place of [address({ prompt: "login" }), logout, address({ client_id: "unknown" })]) {
      await page.goto(place);
      await check();
    }
    // Chromium itself reports the 400 of the last page.
    consoleErrors.splice(0, consoleErrors.length, ...consoleErrors.filter((text) => !text.includes("400")));
  });
}

test("the keyboard alone signs in, allows and signs out", async ({ page, server, admin, people }) => {
  const { address } = await register(server.url, admin, { name: "Keyboard", consent_required: true });
  await page.goto(address());
  await expect(page.getByLabel("Email")).toBeFocused();
  await page.keyboard.type(people.owner.email);
  await page.keyboard.press("Tab");
  await page.keyboard.type(people.owner.password);
  await page.keyboard.press("Enter");
  await page.getByText("wants to use").waitFor();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Use another account" })).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Allow" })).toBeFocused();
  await page.keyboard.press("Enter");
  await arrivedWith(page, /\?code=/);
  await page.goto(`${server.url}/orgs/${ORGANIZATION}/oauth/logout`);
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Sign out" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("You are signed out");
});

test("a second press and the way back do no harm", async ({ page, server, admin, people }) => {
  const { address } = await register(server.url, admin, { name: "Twice" });
  await page.goto(address());
  await page.getByLabel("Email").fill(people.owner.email);
  await page.getByLabel("Password", { exact: true }).fill(people.owner.password);
  await page.getByRole("button", { name: "Sign in" }).dblclick();
  await arrivedWith(page, /\?code=/);
  await page.goBack();
  await arrivedWith(page, /\?code=/);
});
