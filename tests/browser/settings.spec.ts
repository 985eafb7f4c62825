// Settings: who is a member as what, and the tokens that programs come with.
import type { Page } from "@playwright/test";
import { callApi } from "../support/api-client.ts";
import { ageSessions, expect, expectAccessible, portalPath, signIn, test } from "./fixture.ts";

test.use({ world: "settings" });

const menuOf = (page: Page, email: string) => page.getByRole("button", { name: `Actions for ${email}` });
const question = (page: Page) => page.getByRole("dialog", { name: "Confirm that it is you" });

test("a member comes, gets another role and leaves; every row's menu is about that row", async ({
  page,
  server,
  people,
}) => {
  const newcomer = "anna@acme.example";
  await signIn(page, server, people.owner, portalPath("settings"));
  await page.getByRole("button", { name: "Add member" }).click();
  const dialog = page.getByRole("dialog", { name: "Add a member" });
  await dialog.getByLabel("Email address").fill(newcomer);
  await dialog.getByLabel("Full name").fill("Anna");
  await page.keyboard.press("Enter");
  await page
    .getByRole("alertdialog", { name: `${newcomer} has an account now` })
    .getByRole("button", { name: "Done" })
    .click();
  await expect(menuOf(page, newcomer)).toBeVisible();

  await page.getByRole("combobox", { name: `Role of ${newcomer}` }).click();
  await page.getByRole("option", { name: "Owner" }).click();
  await expect(page.getByText(`${newcomer} is owner now`)).toBeVisible();

  // By keyboard: the menu of one row, then that of another one, and the focus comes back to where it was opened.
  await menuOf(page, people.auditor.email).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitem", { name: "Remove" })).toBeFocused();
  await expect(menuOf(page, people.auditor.email)).toHaveAttribute("aria-expanded", "true");
  await expect(menuOf(page, newcomer)).toHaveAttribute("aria-expanded", "false");
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(menuOf(page, people.auditor.email)).toBeFocused();
  await menuOf(page, newcomer).focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("Enter");
  const removal = page.getByRole("alertdialog", { name: "Remove Anna?" });
  await expect(removal).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(removal).toBeHidden();
  await expect(menuOf(page, newcomer)).toBeFocused();

  await page.keyboard.press("Enter");
  await page.getByRole("menuitem", { name: "Remove" }).click();
  await removal.getByRole("button", { name: "Remove" }).click();
  await expect(page.getByText(`${newcomer} is no longer a member`)).toBeVisible();
  await expect(menuOf(page, newcomer)).toHaveCount(0);
  await expect(menuOf(page, people.auditor.email)).toBeVisible();
});

test("N1: who signed in a while ago makes a token only with the password; what was typed stays", async ({
  page,
  server,
  people,
}) => {
  await signIn(page, server, people.owner, portalPath("settings"));
  ageSessions(server, 16);
  await page.getByRole("button", { name: "New token" }).click();
  const dialog = page.getByRole("dialog", { name: "New access token" });
  await dialog.getByLabel("Token name").fill("nightly");
  await dialog.getByRole("checkbox", { name: "certificates.view" }).check();
  await dialog.getByRole("button", { name: "Create token" }).click();
  await expect(question(page).getByLabel(/^Password of/)).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(question(page)).toBeHidden();
  await expect(dialog.getByLabel("Token name")).toHaveValue("nightly");

  await dialog.getByRole("button", { name: "Create token" }).click();
  await question(page)
    .getByLabel(/^Password of/)
    .fill(people.owner.password);
  await page.keyboard.press("Enter");
  const created = page.getByRole("alertdialog", { name: 'Token "nightly"' });
  await expect(created).toBeVisible();
  const token = (await created.locator("code").first().textContent()) ?? "";
  await created.getByRole("button", { name: "Done" }).click();
  expect((await callApi(server.url, token, { path: "signing-key" })).status).toBe(200);

  await page.getByRole("button", { name: "Revoke the token nightly" }).click();
  await page
    .getByRole("alertdialog", { name: /nightly/ })
    .getByRole("button", { name: /^Revoke/ })
    .click();
  await expect(page.getByRole("button", { name: "Revoke the token nightly" })).toHaveCount(0);
  expect((await callApi(server.url, token, { path: "signing-key" })).status).toBe(401);
});
