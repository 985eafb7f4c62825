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
  const added = page.getByRole("alertdialog", { name: `${newcomer} has an account now` });
  await expect(added.getByRole("button", { name: "Copy the first password" })).toBeFocused();
  await added.getByRole("button", { name: "Done" }).click();
  await expect(menuOf(page, newcomer)).toBeVisible();

  await page.getByRole("combobox", { name: `Role of ${newcomer}` }).click();
  await page.getByRole("option", { name: "Owner" }).click();
  await expect(page.getByText(`${newcomer} is owner now`)).toBeVisible();
  await expect(page.getByRole("combobox", { name: `Role of ${newcomer}` })).toHaveText(/^Owner/);

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
  await expect(page.getByRole("menuitem", { name: "Remove" })).toBeFocused();
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
  await expect(page.locator("#main :focus")).toHaveCount(1);
  await expect(menuOf(page, people.auditor.email)).toBeVisible();
});

test("an open menu goes with its row", async ({ page, browser, server, people }) => {
  await signIn(page, server, people.owner, portalPath("settings"));
  for (const name of ["Kim", "Lou"]) await addMember(page, name);
  const kim = menuOf(page, "kim@acme.example");
  await page.getByRole("combobox", { name: "Role of lou@acme.example" }).click();

  const elsewhere = await browser.newContext();
  const other = await elsewhere.newPage();
  await signIn(other, server, people.owner, portalPath("settings"));
  await menuOf(other, "kim@acme.example").click();
  await other.getByRole("menuitem", { name: "Remove" }).click();
  await other.getByRole("alertdialog").getByRole("button", { name: "Remove" }).click();
  await expect(menuOf(other, "kim@acme.example")).toHaveCount(0);
  await elsewhere.close();

  // The page learns of it by its own change, which is on its way while the menu of the row is opened.
  const release = await holdRequests(page, portalPath("settings"));
  await page.getByRole("option", { name: "Owner" }).click();
  await kim.click();
  await expect(page.getByRole("menuitem", { name: "Remove" })).toBeVisible();
  release();
  await expect(kim).toHaveCount(0);
  await expect(page.getByRole("menu")).toHaveCount(0);
});

test("N1: a role changes only with the password when the sign-in is a while ago, and the focus stays at it", async ({
  page,
  server,
  people,
}) => {
  await signIn(page, server, people.owner, portalPath("settings"));
  const role = page.getByRole("combobox", { name: `Role of ${people.auditor.email}` });
  ageSessions(server, 16);
  await role.click();
  await page.getByRole("option", { name: "Owner" }).click();
  await expect(question(page).getByLabel(/^Password of/)).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(question(page)).toBeHidden();
  await expect(role).toBeFocused();
  await expect(role).toHaveText(/^Auditor/);

  await page.keyboard.press("Enter");
  await page.getByRole("option", { name: "Security admin" }).click();
  await question(page)
    .getByLabel(/^Password of/)
    .fill(people.owner.password);
  await page.keyboard.press("Enter");
  await expect(page.getByText(`${people.auditor.email} is security admin now`)).toBeVisible();
  await expect(question(page)).toBeHidden();
  await expect(role).toBeFocused();
  await expect(role).toHaveText(/^Security admin/);
});

test("N1: the question goes with the page that asked, and nothing is made for nobody", async ({
  page,
  server,
  admin,
  people,
}) => {
  const names = async (): Promise<unknown[]> =>
    ((await callApi(server.url, admin, { path: "tokens" })).body.data as { name: string }[]).map(({ name }) => name);
  await signIn(page, server, people.owner, portalPath("sessions"));
  await page.getByRole("link", { name: "Settings" }).click();
  ageSessions(server, 16);
  await page.getByRole("button", { name: "New token" }).click();
  const dialog = page.getByRole("dialog", { name: "New access token" });
  await dialog.getByLabel("Token name").fill("left behind");
  await dialog.getByRole("checkbox", { name: "certificates.view" }).check();
  await dialog.getByRole("button", { name: "Create token" }).click();
  await question(page)
    .getByLabel(/^Password of/)
    .fill(people.owner.password);
  // The password is on its way when the page is left.
  const release = await holdRequests(page, portalPath("settings"));
  const confirmed = page.waitForResponse((response) => response.request().headers()["next-action"] !== undefined);
  await page.keyboard.press("Enter");
  await page.goBack();
  release();
  await confirmed;
  await expect(page.getByRole("heading", { level: 1, name: "Sessions" })).toBeVisible();
  await expect(question(page)).toBeHidden();
  // What came too late answers no later question either.
  await page.getByRole("link", { name: "Settings" }).click();
  ageSessions(server, 16);
  await page.getByRole("button", { name: "New token" }).click();
  await dialog.getByLabel("Token name").fill("called off");
  await dialog.getByRole("checkbox", { name: "certificates.view" }).check();
  await dialog.getByRole("button", { name: "Create token" }).click();
  await expect(question(page).getByLabel(/^Password of/)).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(question(page)).toBeHidden();
  await expect(dialog.getByRole("button", { name: "Create token" })).toBeFocused();
  // Whatever would go on has done so by the time that a whole page has come.
  await page.goto(`${server.url}${portalPath("settings")}`);
  await expect(page.getByRole("heading", { level: 1, name: "Settings" })).toBeVisible();
  expect(await names()).not.toContain("left behind");
  expect(await names()).not.toContain("called off");
});

/** Holds what the page asks of this path, until the function is called. */
async function holdRequests(page: Page, path: string): Promise<() => void> {
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(`**${path}`, async (route) => {
    await held;
    await route.continue();
  });
  return release;
}

async function addMember(page: Page, name: string): Promise<void> {
  const email = `${name.toLowerCase()}@acme.example`;
  await page.getByRole("button", { name: "Add member" }).click();
  await page.getByRole("dialog").getByLabel("Email address").fill(email);
  await page.getByRole("dialog").getByLabel("Full name").fill(name);
  await page.keyboard.press("Enter");
  await page.getByRole("alertdialog").getByRole("button", { name: "Done" }).click();
  await expect(menuOf(page, email)).toBeVisible();
}

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
  await expect(created.getByRole("button", { name: "Copy the access token" })).toBeFocused();
  await expectAccessible(page);
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
