// Sessions in a real Chromium: people and clients, revoked one by one, by application, by person, and before a moment.
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "@playwright/test";
import { callApi } from "../support/api-client.ts";
import { OWNER, type SignetServer } from "../support/signet-server.ts";
import { createClient, expect, expectAccessible, ORGANIZATION, portalPath, signIn, test } from "./fixture.ts";

const PATH = portalPath("sessions");

test.use({ world: "sessions" });

type WebClient = { applicationId: string; id: string; secret: string };

/** Where applications run; every address of it answers a page. */
const applications = createServer((_request, response) => response.end("<title>Back</title><h1>Back</h1>"));

test.beforeAll(async () => {
  applications.listen(0, "127.0.0.1");
  await once(applications, "listening");
});
test.afterAll(() => applications.close());

function redirectUri(): string {
  return `http://127.0.0.1:${(applications.address() as AddressInfo).port}/callback`;
}

async function createWebClient(server: SignetServer, admin: string, name: string): Promise<WebClient> {
  const { body, text } = await callApi(server.url, admin, {
    method: "POST",
    path: "applications",
    body: {
      name,
      protocol: "oidc",
      grant_types: ["authorization_code", "refresh_token"],
      redirect_uris: [redirectUri()],
    },
  });
  expect(body.client_secret, text).toBeTruthy();
  return { applicationId: String(body.id), id: String(body.client_id), secret: String(body.client_secret) };
}

async function askForTokens(server: SignetServer, client: WebClient, form: Record<string, string>) {
  const response = await fetch(`${server.url}/orgs/${ORGANIZATION}/oauth/token`, {
    method: "POST",
    headers: { authorization: `Basic ${Buffer.from(`${client.id}:${client.secret}`).toString("base64")}` },
    body: new URLSearchParams(form),
  });
  return { status: response.status, body: (await response.json()) as Record<string, string> };
}

/** Signs the person of the page in to an application; answers the refresh token. */
async function signInTo(page: Page, server: SignetServer, client: WebClient): Promise<string> {
  const verifier = randomBytes(32).toString("base64url");
  const question = new URLSearchParams({
    response_type: "code",
    client_id: client.id,
    redirect_uri: redirectUri(),
    scope: "openid email",
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
  });
  await page.goto(`${server.url}/orgs/${ORGANIZATION}/oauth/authorize?${question}`);
  await page.waitForURL(`${redirectUri()}?**`);
  const code = new URL(page.url()).searchParams.get("code") ?? "";
  const form = { grant_type: "authorization_code", code, redirect_uri: redirectUri(), code_verifier: verifier };
  const { status, body } = await askForTokens(server, client, form);
  expect(status, JSON.stringify(body)).toBe(200);
  return body.refresh_token ?? "";
}

async function revokeFrom(page: Page, actions: string | RegExp, item: string): Promise<void> {
  await page.getByRole("button", { name: actions }).first().click();
  await page.getByRole("menuitem", { name: item }).click();
  await expect(page.getByRole("alertdialog")).toBeVisible();
}

test.describe.configure({ mode: "serial" });

test("nobody signed in anywhere: the page says how a session begins", async ({ page, server, people }) => {
  await signIn(page, server, people.owner, PATH);
  await expect(page.getByText("No session is active")).toBeVisible();
  await expect(page.getByRole("button", { name: "Revoke sessions" })).toHaveCount(0);
  await expectAccessible(page);
});

test("N1: a person's session is listed with its key, and its revocation ends the refresh token at once", async ({
  page,
  server,
  admin,
  people,
}) => {
  const client = await createWebClient(server, admin, "Shop");
  const worker = await createClient(server, admin, { name: "Night worker", tokenExpirySecs: 3600 });
  await worker.token();
  await signIn(page, server, people.owner);
  const refreshToken = await signInTo(page, server, client);
  await page.goto(`${server.url}${PATH}`);
  const row = page.getByRole("row", { name: OWNER.email });
  await expect(row).toContainText("Shop");
  await expect(row).toContainText("openid email");
  await expect(page.getByText("The client itself")).toBeVisible();
  await expect(page.getByText("2 active sessions")).toBeVisible();
  await expectAccessible(page);

  const actions = `Actions for the session of ${OWNER.email} at Shop`;
  await revokeFrom(page, actions, "This session");
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: actions })).toBeFocused();
  await expect(row).toBeVisible();

  await revokeFrom(page, actions, "This session");
  await page.getByRole("button", { name: "Revoke", exact: true }).click();
  await expect(page.getByText("1 session revoked")).toBeVisible();
  await expect(row).toHaveCount(0);
  const refreshed = await askForTokens(server, client, { grant_type: "refresh_token", refresh_token: refreshToken });
  expect(refreshed).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
  const { body } = await callApi(server.url, admin, { path: "audit-events?action=session.revoked" });
  expect((body.data as unknown[]).length).toBe(1);
});

test("all of a person, and of an application narrowed to what began before a moment", async ({
  page,
  server,
  admin,
  people,
}) => {
  const clients = [await createWebClient(server, admin, "Wiki"), await createWebClient(server, admin, "Chat")];
  await signIn(page, server, people.owner);
  for (const client of clients) await signInTo(page, server, client);
  await page.goto(`${server.url}${PATH}`);
  await page.getByRole("button", { name: `Actions for the session of ${OWNER.email} at Wiki` }).click();
  await page.getByRole("menuitem", { name: `Only ${OWNER.email}` }).click();
  await expect(page.getByText(`Only sessions of ${OWNER.email}`)).toBeVisible();
  await expect(page.getByText("2 active sessions")).toBeVisible();
  await page.getByRole("button", { name: "Revoke sessions" }).click();
  await page.getByLabel("Begun before (UTC)").fill("2020-01-01T00:00:00");
  await page.getByRole("button", { name: "Revoke", exact: true }).click();
  await expect(page.getByText("No session matched")).toBeVisible();
  await page.getByRole("button", { name: "Revoke sessions" }).click();
  await page.getByRole("button", { name: "Revoke", exact: true }).click();
  await expect(page.getByText("2 sessions revoked")).toBeVisible();
  await expect(page.getByText("No session is active here")).toBeVisible();

  const [wiki] = clients;
  if (wiki === undefined) throw new Error("no client");
  await signInTo(page, server, wiki);
  await page.goto(`${server.url}${portalPath(`applications/${wiki.applicationId}`)}`);
  await page.getByRole("button", { name: "Revoke all" }).click();
  await expect(page.getByText("Revoke all sessions of Wiki?")).toBeVisible();
  await page.getByRole("button", { name: "Revoke", exact: true }).click();
  await expect(page.getByText("None of its tokens is valid at the moment.")).toBeVisible();
});

test("everybody's sessions before a moment: a wrong moment is told at the field", async ({ page, server, people }) => {
  await signIn(page, server, people.owner, PATH);
  await expect(page.getByText("1 active session")).toBeVisible();
  await page.getByRole("button", { name: "Revoke sessions" }).click();
  await page.getByLabel("Begun before (UTC)").fill("");
  await page.getByRole("button", { name: "Revoke", exact: true }).click();
  await expect(page.getByText("A date and a time")).toBeVisible();
  await page.getByLabel("Begun before (UTC)").fill("2099-01-01T00:00:00");
  await page.getByRole("button", { name: "Revoke", exact: true }).click();
  await expect(page.getByText("1 session revoked")).toBeVisible();
  await expect(page.getByText("No session is active")).toBeVisible();
});

test("who may only look at keys sees sessions and revokes none", async ({ page, server, admin, people }) => {
  const worker = await createClient(server, admin, { name: "Day worker", tokenExpirySecs: 3600 });
  await worker.token();
  await signIn(page, server, people.auditor, PATH);
  await expect(page.getByRole("button", { name: "Revoke sessions" })).toHaveCount(0);
  await page.getByRole("button", { name: /Actions for the session/ }).click();
  await expect(page.getByRole("menuitem", { name: "Only Day worker" })).toBeVisible();
  await expect(page.getByRole("menuitem", { name: "This session" })).toHaveCount(0);
});
