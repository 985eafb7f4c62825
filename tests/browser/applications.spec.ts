// The life of an application that people sign in to, in a real Chromium: made with mistakes, secrets replaced, made public.
import type { Page } from "@playwright/test";
import { callApi, fetchAccessToken } from "../support/api-client.ts";
import { expect, expectAccessible, ORGANIZATION, portalPath, signIn, test } from "./fixture.ts";

const PATH = portalPath("applications");

async function openNew(page: Page, url: string): Promise<void> {
  await page.goto(`${url}${PATH}/new`);
  await page.getByLabel("Name", { exact: true }).fill("Web shop");
}

async function secretOf(page: Page): Promise<string> {
  const shown = page.getByRole("region", { name: "Client secret" }).locator("code");
  return (await shown.innerText()).trim();
}

function isAccepted(url: string, client: { id: string; secret: string }): Promise<boolean> {
  return fetchAccessToken(url, ORGANIZATION, client).then(
    () => true,
    () => false,
  );
}

test.describe.configure({ mode: "serial" });

test("an application that people sign in to: mistakes are told at the field, and nothing typed is lost", async ({
  page,
  server,
  people,
}) => {
  await signIn(page, server, people.owner);
  await openNew(page, server.url);
  await expect(page.getByLabel("Redirect URIs", { exact: true })).toHaveCount(0);
  await expect(page.getByRole("checkbox", { name: "Refresh token" })).toBeDisabled();
  await page.getByRole("checkbox", { name: "Client credentials" }).click();
  await page.getByRole("button", { name: "Create application" }).click();
  await expect(page.getByText("At least one grant.")).toBeVisible();

  await page.getByRole("checkbox", { name: "Authorization code" }).click();
  await page.getByRole("checkbox", { name: "Refresh token" }).click();
  const redirects = page.getByLabel("Redirect URIs", { exact: true });
  await page.getByRole("button", { name: "Create application" }).click();
  await expect(redirects).toBeFocused();
  await expect(page.getByText("at least one address")).toBeVisible();

  await redirects.fill("https://shop.example/cb\nhttp://shop.example/cb");
  await page.getByLabel("Token expiry in seconds", { exact: true }).fill("900");
  await page.getByLabel("Refresh token expiry in seconds").fill("86400");
  await page.getByRole("checkbox", { name: "Ask for consent" }).click();
  await page.getByRole("button", { name: "Create application" }).click();
  await expect(page.getByText("No. 2: An absolute address")).toBeVisible();
  await expectAccessible(page);

  await redirects.fill("https://shop.example/cb\nhttp://localhost:8080/cb");
  await page.getByRole("button", { name: "Create application" }).click();
  await expect(page.getByText("Keep the client secret now")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "I have kept the secret" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Web shop" })).toBeVisible();
  const settings = page.locator("section", { has: page.getByRole("heading", { name: "Client settings" }) });
  for (const text of ["https://shop.example/cb", "http://localhost:8080/cb", "People are asked", "15 min", "1 d"])
    await expect(settings.getByText(text, { exact: true })).toBeVisible();
  await expect(page.getByText(`${server.url}/orgs/${ORGANIZATION}/.well-known/openid-configuration`)).toBeVisible();

  await page.getByRole("tab", { name: "Python" }).click();
  await expect(page.getByRole("region", { name: "Program that signs a person in, Python" })).toContainText(
    "PyJWKClient",
  );
  await page.getByRole("tab", { name: "curl" }).press("Enter");
  await expect(page.getByRole("region", { name: "Program that signs a person in, curl" })).toContainText(
    "code_verifier",
  );
  await expectAccessible(page);
});

test("O7: a secret is replaced without an outage: a second one, then the first is deleted", async ({
  page,
  server,
  admin,
  people,
}) => {
  const { body } = await callApi(server.url, admin, {
    method: "POST",
    path: "applications",
    body: { name: "Nightly export", protocol: "oidc", grant_types: ["client_credentials"] },
  });
  const first = { id: String(body.client_id), secret: String(body.client_secret) };
  await signIn(page, server, people["app-admin"]);
  await page.goto(`${server.url}${PATH}/${body.id}`);
  await page.getByRole("button", { name: "New secret" }).click();
  await page.getByRole("button", { name: "Make secret" }).click();
  const second = { id: first.id, secret: await secretOf(page) };
  await expectAccessible(page);
  await page.getByRole("button", { name: "I have kept the secret" }).click();
  await expect(page.getByRole("button", { name: "New secret" })).toHaveCount(0);
  await expect(page.getByRole("main")).not.toContainText(second.secret);
  expect(await isAccepted(server.url, first)).toBe(true);
  expect(await isAccepted(server.url, second)).toBe(true);

  await page.getByRole("button", { name: `Delete the secret …${first.secret.slice(-4)}` }).click();
  await page.getByRole("button", { name: "Delete secret" }).click();
  await expect(page.getByText(`Secret …${first.secret.slice(-4)} deleted`)).toBeVisible();
  await expect(page.getByRole("button", { name: "New secret" })).toBeVisible();
  expect(await isAccepted(server.url, first)).toBe(false);
  expect(await isAccepted(server.url, second)).toBe(true);
});

test("an application made public loses its secret, and says so before", async ({ page, server, admin, people }) => {
  const { body } = await callApi(server.url, admin, {
    method: "POST",
    path: "applications",
    body: { name: "Notebook", protocol: "oidc", grant_types: ["client_credentials"] },
  });
  await signIn(page, server, people.owner);
  await page.goto(`${server.url}${PATH}/${body.id}/edit`);
  await page.getByRole("radio", { name: /Public/ }).check();
  await expect(page.getByText("Its client secrets are deleted when this is saved")).toBeVisible();
  await expect(page.getByRole("checkbox", { name: "Client credentials" })).toBeDisabled();
  await expect(page.getByRole("checkbox", { name: "Authorization code" })).toBeChecked();
  await page.getByLabel("Redirect URIs", { exact: true }).fill("com.example.notebook:/cb");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Notebook" })).toBeVisible();
  await expect(page.getByText("has no secret; PKCE protects it")).toBeVisible();
  await expect(page.getByRole("heading", { name: "Client secrets" })).toHaveCount(0);
  expect(await isAccepted(server.url, { id: String(body.client_id), secret: String(body.client_secret) })).toBe(false);
});

test("who may only look sees the settings and neither secrets to make nor sessions to revoke", async ({
  page,
  server,
  admin,
  people,
}) => {
  const { body } = await callApi(server.url, admin, { path: "applications?search=Nightly" });
  const [application] = body.data as { id: string }[];
  await signIn(page, server, people.auditor);
  await page.goto(`${server.url}${PATH}/${application?.id}`);
  await expect(page.getByRole("heading", { name: "Client secrets" })).toBeVisible();
  for (const name of ["New secret", "Delete", "Edit", "Revoke all"])
    await expect(page.getByRole("button", { name, exact: true })).toHaveCount(0);
});
