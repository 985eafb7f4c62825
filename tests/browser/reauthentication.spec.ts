// SECURITY.md N1: what cannot be undone, and what gives access, asks for the password again when the sign-in is a while ago.
import type { Page } from "@playwright/test";
import { callApi } from "../support/api-client.ts";
import type { SignetServer } from "../support/signet-server.ts";
import {
  ageSessions,
  createClient,
  expect,
  expectAccessible,
  expectNoSidewaysScroll,
  ORGANIZATION,
  portalPath,
  sendAgain,
  sentAction,
  signIn,
  test,
  useTheme,
} from "./fixture.ts";

test.use({ world: "reauthentication" });

const question = (page: Page) => page.getByRole("dialog", { name: "Confirm that it is you" });

test("N1: after 15 minutes a drop asks for the password, by keyboard alone, and the session gets a new id", async ({
  page,
  context,
  server,
  admin,
  people,
}) => {
  await callApi(server.url, admin, { method: "POST", path: "signing-key/rotate", body: { override_reason: "test" } });
  await signIn(page, server, people.owner, portalPath("signing-keys"));
  const cookieOf = async (): Promise<string | undefined> =>
    (await context.cookies()).find(({ name }) => name.includes("session-token"))?.value;
  const before = await cookieOf();
  ageSessions(server, 16);

  const { body: status } = await callApi(server.url, admin, { path: "signing-key" });
  const kid = (status.prev_key as { kid: string }).kid;
  await page
    .getByRole("button", { name: /^Actions for/ })
    .last()
    .click();
  await page.getByRole("menuitem", { name: "Drop" }).click();
  const dialog = page.getByRole("alertdialog");
  await dialog.getByRole("textbox").fill(kid.slice(0, 6));
  await page.keyboard.press("Enter");
  await expect(question(page)).toBeVisible();
  await expect(question(page).getByLabel(/^Password of/)).toBeFocused();
  await expectAccessible(page);

  await page.keyboard.type("not the password");
  await page.keyboard.press("Enter");
  await expect(question(page).getByText("This is not your password.")).toBeVisible();
  await expect(question(page).getByLabel(/^Password of/)).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(question(page)).toBeHidden();
  // Nothing has happened, what was typed is still there, and so is the focus.
  await expect(dialog.locator(":focus")).toHaveCount(1);
  await expect(dialog.getByRole("textbox")).toHaveValue(kid.slice(0, 6));
  expect(await publishedKids(server)).toContain(kid);

  await dialog.getByRole("button", { name: "Force drop" }).click();
  await expect(question(page).getByLabel(/^Password of/)).toBeFocused();
  await page.keyboard.type(people.owner.password);
  await page.keyboard.press("Enter");
  await expect(page.getByText("It left the JWKS and its private half is destroyed.")).toBeVisible();
  await expect(question(page)).toBeHidden();
  await expect(dialog).toBeHidden();
  expect(await publishedKids(server)).not.toContain(kid);
  expect(await cookieOf()).not.toBe(before);

  // The old cookie is worth nothing, the new one goes on.
  const replayed = await fetch(`${server.url}${portalPath("")}`, {
    headers: { cookie: `next-auth.session-token=${before}` },
    redirect: "manual",
  });
  expect(replayed.headers.get("location")).toContain("/sign-in");
  await page.reload();
  await expect(page.getByRole("heading", { level: 1, name: "Signing Key" })).toBeVisible();
});

async function publishedKids(server: SignetServer): Promise<string[]> {
  const jwks = await (await fetch(`${server.url}/orgs/${ORGANIZATION}/.well-known/jwks.json`)).json();
  return jwks.keys.map((key: { kid: string }) => key.kid);
}

test("N1: a fresh sign-in is asked nothing; a confirmation counts for what comes next", async ({
  page,
  server,
  admin,
  people,
}) => {
  const client = await createClient(server, admin, { name: "Short-lived", tokenExpirySecs: 300 });
  const other = await createClient(server, admin, { name: "Second", tokenExpirySecs: 300 });
  const remove = async (applicationId: string): Promise<void> => {
    await page.goto(`${server.url}${portalPath(`applications/${applicationId}`)}`);
    await page.getByRole("button", { name: "Delete", exact: true }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Delete application" }).click();
  };
  await signIn(page, server, people.owner, portalPath("applications"));
  await remove(client.applicationId);
  await expect(page).toHaveURL(/\/applications$/);
  ageSessions(server, 15);
  await remove(other.applicationId);
  await question(page)
    .getByLabel(/^Password of/)
    .fill(people.owner.password);
  await question(page).getByRole("button", { name: "Confirm" }).click();
  await expect(page).toHaveURL(/\/applications$/);
  const third = await createClient(server, admin, { name: "Third", tokenExpirySecs: 300 });
  await remove(third.applicationId);
  await expect(page).toHaveURL(/\/applications$/);
});

test("N1: a secret is made only with the password, and whoever uses the keyboard stays in its dialog", async ({
  page,
  server,
  admin,
  people,
}) => {
  const client = await createClient(server, admin, { name: "Replaces its secret", tokenExpirySecs: 300 });
  await signIn(page, server, people.owner, portalPath(`applications/${client.applicationId}`));
  ageSessions(server, 16);
  await page.getByRole("button", { name: "New secret" }).press("Enter");
  const dialog = page.getByRole("alertdialog");
  await dialog.getByRole("button", { name: "Make secret" }).press("Enter");
  await expect(question(page).getByLabel(/^Password of/)).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(question(page)).toBeHidden();
  await expect(dialog.getByRole("button", { name: "Make secret" })).toBeFocused();

  await page.keyboard.press("Enter");
  await expect(question(page).getByLabel(/^Password of/)).toBeFocused();
  await page.keyboard.type(people.owner.password);
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("heading", { name: "The new client secret" })).toBeVisible();
  await expect(question(page)).toBeHidden();
  await expect(dialog.getByRole("button", { name: "Copy the client secret" })).toBeFocused();
});

test("N1: who may not do it is refused before being asked for a password, and the log tells of it", async ({
  page,
  browser,
  server,
  admin,
  people,
}) => {
  await signIn(page, server, people.owner, portalPath("settings"));
  await page.getByRole("button", { name: "Add member" }).click();
  await page.getByRole("dialog").getByLabel("Email address").fill("friend@acme.example");
  const action = await sentAction(page, () => page.keyboard.press("Enter"));
  // The owner's own request, sent again by somebody whose session is old.
  const context = await browser.newContext();
  await signIn(await context.newPage(), server, people["app-admin"], portalPath("sessions"));
  ageSessions(server, 16);
  const body = (action.postData() ?? "").replace("friend@", "thief@");
  const answer = await sendAgain(context, server, { action, path: portalPath("settings"), body });
  expect(answer).toContain("auth.forbidden");
  await context.close();
  const denials = await callApi(server.url, admin, { path: "audit-events?action=access.denied&limit=1" });
  expect(denials.body.data).toMatchObject([{ actor: { name: people["app-admin"].email }, outcome: "denied" }]);
});

test("N1: two that need it at once get one question, and both go on", async ({ page, browser, server, people }) => {
  for (let index = 0; index < 2; index += 1) {
    const elsewhere = await browser.newContext();
    await signIn(await elsewhere.newPage(), server, people.auditor, portalPath("settings"));
    await elsewhere.close();
  }
  await signIn(page, server, people.auditor, portalPath("settings"));
  ageSessions(server, 20);
  const ends = page.getByRole("button", { name: /^End the session of/ });
  await expect(ends).toHaveCount(2);
  await page.evaluate(() => {
    for (const button of document.querySelectorAll<HTMLElement>("[aria-label^='End the session of']")) button.click();
  });
  await question(page)
    .getByLabel(/^Password of/)
    .fill(people.auditor.password);
  await question(page).getByRole("button", { name: "Confirm" }).click();
  await expect(ends).toHaveCount(0);
  await expect(question(page)).toBeHidden();
});

for (const theme of ["light", "dark"] as const) {
  test(`the question is accessible in ${theme} and fits 380 px`, async ({ page, context, server, admin, people }) => {
    await useTheme(context, server, theme);
    const { applicationId } = await createClient(server, admin, { name: `Seen in ${theme}`, tokenExpirySecs: 300 });
    await signIn(page, server, people.owner, portalPath(`applications/${applicationId}`));
    ageSessions(server, 20);
    await page.setViewportSize({ width: 380, height: 800 });
    await page.getByRole("button", { name: "Delete", exact: true }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Delete application" }).click();
    await expect(question(page)).toBeVisible();
    await expectAccessible(page);
    await expectNoSidewaysScroll(page, "the question for the password");
    await page.screenshot({ path: test.info().outputPath(`question-${theme}.png`) });
  });
}
