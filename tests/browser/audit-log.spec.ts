// The audit log in a browser: narrowed by keyboard, opened, and reached from the drawer of small screens.
import { callApi } from "../support/api-client.ts";
import { expect, expectAccessible, portalPath, signIn, test } from "./fixture.ts";

test("the log is narrowed by both choices at once, by keyboard alone, and the way back keeps them", async ({
  page,
  server,
  people,
}) => {
  await signIn(page, server, people.owner, portalPath("audit-log"));
  const action = page.getByLabel("Action");
  await action.focus();
  // A select that is closed chooses with every letter; the second choice does not wait for the page of the first.
  await page.keyboard.type("Signed in");
  await page.keyboard.press("Tab");
  await page.keyboard.type("Done");
  await expect(page).toHaveURL(/action=user\.signed_in&outcome=success$/);
  await expect(page.locator("summary").first()).toContainText("Signed in");
  await expect(action).toHaveValue("user.signed_in");
  await expectAccessible(page);
  await page.reload();
  await expect(page.getByLabel("Action")).toHaveValue("user.signed_in");
  await expect(page.getByLabel("Outcome")).toHaveValue("success");
  await page.getByLabel("Outcome").selectOption("Denied");
  await page.getByLabel("Action").selectOption("Key dropped");
  await expect(page.getByText("Nothing of this kind has happened here.")).toBeVisible();
});

test("an event opens to its facts and closes again", async ({ page, server, people }) => {
  await signIn(page, server, people.owner, portalPath("audit-log"));
  const row = page.locator("details").filter({ hasText: "Signed in" }).first();
  await row.locator("summary").focus();
  await page.keyboard.press("Enter");
  await expect(row.getByText("Request", { exact: true })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(row.getByText("Request", { exact: true })).toHaveCount(0);
});

test("an event that cannot be read says so and can be asked for again; one that was read is there at once", async ({
  page,
  server,
  people,
  consoleErrors,
}) => {
  await signIn(page, server, people.owner, portalPath("audit-log"));
  let isAway = true;
  let asked = 0;
  await page.route("**/portal/audit-log", async (route) => {
    if (route.request().method() !== "POST") return route.continue();
    asked += 1;
    return isAway ? route.abort() : route.continue();
  });
  const row = page.locator("details").filter({ hasText: "Signed in" }).first();
  await row.locator("summary").click();
  await expect(row.getByRole("alert")).toContainText("The event could not be read");
  // The browser reports the answer that never came, and nothing else went wrong.
  expect(consoleErrors.splice(0)).toEqual([expect.stringContaining("ERR_FAILED")]);
  await expectAccessible(page);
  isAway = false;
  await row.getByRole("button", { name: "Try again" }).focus();
  await page.keyboard.press("Enter");
  await expect(row.getByText("Request", { exact: true })).toBeVisible();
  await expect(row.locator("summary")).toBeFocused();
  await row.locator("summary").click();
  await row.locator("summary").click();
  await expect(row.getByText("Request", { exact: true })).toBeVisible();
  expect(asked).toBe(2);
});

test("an event shows the states that there were: none before a creation, none after a deletion", async ({
  page,
  server,
  people,
  admin,
}) => {
  const name = "told of three times";
  const fields = { protocol: "saml", name, entity_id: "urn:told", acs_urls: ["https://told.example/acs"] };
  const made = await callApi(server.url, admin, { method: "POST", path: "applications", body: fields });
  const path = `applications/${made.body.id}`;
  const changed = await callApi(server.url, admin, { method: "PATCH", path, body: { entity_id: "urn:told:again" } });
  const deleted = await callApi(server.url, admin, { method: "DELETE", path });
  expect([made.status, changed.status, deleted.status]).toEqual([201, 200, 200]);
  await signIn(page, server, people.owner);
  const columns = [
    ["application.created", "State after", ["Fact", "After"]],
    ["application.updated", "State before and after", ["Fact", "Before", "After"]],
    ["application.deleted", "State before", ["Fact", "Before"]],
  ] as const;
  for (const [action, caption, headings] of columns) {
    await page.goto(`${server.url}${portalPath("audit-log")}?action=${action}`);
    const row = page.locator("details").filter({ hasText: name }).first();
    await row.locator("summary").click();
    const table = row.getByRole("table", { name: caption, exact: true });
    await expect(table.getByRole("columnheader")).toHaveText([...headings]);
    await expectAccessible(page);
  }
});

test("the drawer of small screens opens, leads on, and gives the focus back", async ({ page, server, people }) => {
  await page.setViewportSize({ width: 380, height: 800 });
  await signIn(page, server, people.owner);
  const opener = page.getByRole("button", { name: "Open navigation" });
  await expect(opener).toHaveAttribute("aria-expanded", "false");
  await opener.click();
  const drawer = page.getByRole("dialog", { name: "Navigation" });
  await expect(drawer.getByRole("link", { name: "Overview" })).toHaveAttribute("aria-current", "page");
  await page.keyboard.press("Escape");
  await expect(drawer).toHaveCount(0);
  await expect(opener).toBeFocused();
  await opener.click();
  await drawer.getByRole("link", { name: "Audit Log" }).click();
  await expect(page).toHaveURL(`${server.url}${portalPath("audit-log")}`);
  await expect(drawer).toHaveCount(0);
});
