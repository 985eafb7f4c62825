// The main job in a real Chromium: rotate from the 3-dot menu, watch the badge, force a drop, drop when it is green.
import type { Locator, Page } from "@playwright/test";
import { shortKid } from "#components/keys/kid-parts.ts";
import { callApi } from "../support/api-client.ts";
import {
  createClient,
  expect,
  expectAccessible,
  ORGANIZATION,
  portalPath,
  sendAgain,
  sentAction,
  signIn,
  test,
} from "./fixture.ts";

const PATH = portalPath("signing-keys");

async function openRotateDialog(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Actions for the current key" }).click();
  await page.getByRole("menuitem", { name: "Rotate" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
}

async function currentKid(url: string, admin: string): Promise<string> {
  const { body } = await callApi(url, admin, { path: "signing-key" });
  return String(body.current_kid);
}

test.describe.configure({ mode: "serial" });

test("J4, J8, J10, J11, J12, J13, J16: rotate from the 3-dot menu, and the badge counts down", async ({
  page,
  server,
  admin,
  people,
}) => {
  const client = await createClient(server, admin, { name: "Nightly export", tokenExpirySecs: 900 });
  await client.token();
  await callApi(server.url, admin, {
    method: "POST",
    path: "applications",
    body: {
      name: "Payroll",
      protocol: "saml",
      entity_id: "https://payroll.example/saml",
      acs_urls: ["https://payroll.example/acs"],
    },
  });
  await signIn(page, server, people.owner);
  await page.getByRole("navigation").getByRole("link", { name: "Signing Key" }).click();
  await expect(page).toHaveURL(`${server.url}${PATH}`);
  const before = await currentKid(server.url, admin);
  await expect(page.getByText(before).first()).toBeVisible();

  await openRotateDialog(page);
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("link", { name: "Payroll" })).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: /rotate/i }).click();
  await expect(dialog).toBeHidden();

  const after = await currentKid(server.url, admin);
  expect(after).not.toBe(before);
  await expect(page.getByText(after).first()).toBeVisible();
  await expect(page.getByText("Pending")).toBeVisible();
  const { body: status } = await callApi(server.url, admin, { path: "signing-key" });
  const { active_sessions: sessions } = status.prev_key as { active_sessions: number };
  expect(sessions).toBeGreaterThan(0);
  await expect(page.getByText(`${sessions} active session`).first()).toBeVisible();
  const timer = page.getByRole("timer").first();
  const first = await timer.textContent();
  await expect(timer).not.toHaveText(first ?? "", { timeout: 5000 });
  // The public JWKS has the new keys by the time the dialog is closed.
  const jwks = await (await fetch(`${server.url}/orgs/${ORGANIZATION}/.well-known/jwks.json`)).json();
  expect(jwks.keys.map((key: { kid: string }) => key.kid)).toEqual(expect.arrayContaining([before, after]));
});

test("J17: the force path of Drop asks for the first characters of the kid", async ({
  page,
  server,
  admin,
  people,
}) => {
  await signIn(page, server, people.owner, PATH);
  const { body } = await callApi(server.url, admin, { path: "signing-key" });
  const previous = String((body.prev_key as { kid: string } | null)?.kid);
  await page.getByRole("button", { name: /Actions for the previous key/ }).click();
  await page.getByRole("menuitem", { name: "Drop" }).click();
  const dialog = page.getByRole("alertdialog");
  await expect(dialog.getByText(/session/).first()).toBeVisible();
  const drop = dialog.getByRole("button", { name: "Force drop" });
  await expect(drop).toBeDisabled();
  await expectAccessible(page);
  await dialog.getByRole("textbox").fill(previous.slice(0, 6));
  await drop.click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText("Pending")).toBeHidden();
  const jwks = await (await fetch(`${server.url}/orgs/${ORGANIZATION}/.well-known/jwks.json`)).json();
  expect(jwks.keys.map((key: { kid: string }) => key.kid)).not.toContain(previous);
});

test("J14, J15: by keyboard alone; the gate asks for a reason; green after the window; a plain drop", async ({
  page,
  server,
  admin,
  people,
}) => {
  const { body: list } = await callApi(server.url, admin, { path: "applications" });
  for (const { id, protocol } of list.data as { id: string; protocol: string }[]) {
    if (protocol !== "oidc") continue;
    const body = { token_expiry_secs: 4 };
    await callApi(server.url, admin, { method: "PATCH", path: `applications/${id}`, body });
  }
  // The key that signed this test's own token goes first, so that the one that the page rotates has signed nothing.
  const rotation = { method: "POST", path: "signing-key/rotate", body: { override_reason: "make room" } };
  await callApi(server.url, admin, rotation);
  await signIn(page, server, people.owner, PATH);
  const before = await currentKid(server.url, admin);

  await page.getByRole("button", { name: "Actions for the current key" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitem", { name: "Rotate" })).toBeFocused();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog");
  await tabTo(page, dialog.getByLabel("Reason to rotate now"));
  await page.keyboard.type("Exercise of the emergency runbook");
  await tabTo(page, dialog.getByRole("button", { name: /rotate/i }));
  await page.keyboard.press("Enter");
  await expect(dialog).toBeHidden();
  expect(await currentKid(server.url, admin)).not.toBe(before);

  const card = page.getByRole("article", { name: `Previous key ${shortKid(before)}` });
  await expect(card.getByText("Safe to drop")).toBeVisible({ timeout: 15_000 });
  const trigger = card.getByRole("button", { name: /^Actions for/ });
  await trigger.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitem", { name: "Drop" })).toBeFocused();
  await page.keyboard.press("Enter");
  const confirmation = page.getByRole("alertdialog");
  await expect(confirmation).toBeVisible();
  await expect(confirmation.getByRole("textbox")).toHaveCount(0);
  await page.keyboard.press("Escape");
  await expect(confirmation).toBeHidden();
  await expect(trigger).toBeFocused();
  await page.keyboard.press("Enter");
  await page.getByRole("menuitem", { name: "Drop" }).press("Enter");
  await tabTo(page, confirmation.getByRole("button", { name: "Drop key" }));
  await page.keyboard.press("Enter");
  await expect(confirmation).toBeHidden();
  await expect(card).toBeHidden();
});

/** Presses Tab until the element has the focus, as a person without a mouse does. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let step = 0; step < 25; step += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  await expect(target).toBeFocused();
}

test("J6: an auditor sees the page without any control, and the server refuses a replayed action", async ({
  page,
  browser,
  server,
  admin,
  people,
}) => {
  await signIn(page, server, people.auditor, PATH);
  await expect(page.getByRole("heading", { name: "Current key" })).toBeVisible();
  await expect(page.getByRole("button", { name: /^Actions for/ })).toHaveCount(0);
  await expectAccessible(page);

  // The owner's own request, sent again with other people's cookies.
  const ownerContext = await browser.newContext();
  const ownerPage = await ownerContext.newPage();
  await signIn(ownerPage, server, people.owner, PATH);
  await openRotateDialog(ownerPage);
  const dialog = ownerPage.getByRole("dialog");
  const reason = dialog.getByLabel("Reason to rotate now");
  if (await reason.isVisible()) await reason.fill("replay");
  const action = await sentAction(ownerPage, () => dialog.getByRole("button", { name: /rotate/i }).click());
  await expect(dialog).toBeHidden();
  const before = await currentKid(server.url, admin);
  const body = (action.postData() ?? "").replace(
    /"expected_current_kid":"[^"]+"/,
    `"expected_current_kid":"${before}"`,
  );
  for (const person of [people.auditor, people.stranger]) {
    const context = await browser.newContext();
    const otherPage = await context.newPage();
    const home = person === people.stranger ? "/orgs/globex/portal" : PATH;
    await signIn(otherPage, server, person, home);
    const text = await sendAgain(context, server, { action, path: PATH, body });
    expect(text).toContain(person === people.stranger ? "organization.not_found" : "auth.forbidden");
    expect(await currentKid(server.url, admin)).toBe(before);
    await context.close();
  }
  await ownerContext.close();
});
