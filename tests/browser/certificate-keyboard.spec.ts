// Certificates without a mouse: generate, assign, renew and delete by keyboard alone, with the focus where it has to be.
import type { Locator, Page } from "@playwright/test";
import { kidPrefix } from "#components/keys/kid-parts.ts";
import { callApi } from "../support/api-client.ts";
import { createClient, expect, portalPath, signIn, test } from "./fixture.ts";

const PATH = portalPath("certificates");
const MOST_STOPS = 60;

/** Presses Tab (or Shift+Tab) until an element has the focus; fails when it is not reached or the focus cannot be seen. */
async function tabTo(page: Page, target: Locator, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
  await expect(target).toBeVisible();
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) {
      // A radio button shows the focus on its row.
      const outlines = await target.evaluate((element) =>
        [element, element.closest("label") ?? element].map((one) => getComputedStyle(one).outlineStyle),
      );
      expect(outlines, "the focus can be seen").toContain("solid");
      return;
    }
    await page.keyboard.press(key);
  }
  throw new Error(`${target} is not reached by ${key}`);
}

async function press(page: Page, target: Locator, key = "Enter"): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press(key);
}

test.describe.configure({ mode: "serial" });
test.use({ world: "keyboard" });

test("J20, J21, J30: generate and assign by keyboard alone", async ({ page, server, admin, people }) => {
  const client = await createClient(server, admin, { name: "Reporting", tokenExpirySecs: 900 });
  await signIn(page, server, people.owner, PATH);
  await press(page, page.getByRole("link", { name: "Generate Certificate" }).first());
  await expect(page.getByRole("heading", { level: 1, name: "Generate certificate" })).toBeVisible();
  await tabTo(page, page.getByLabel("Name", { exact: true }));
  await page.keyboard.type("By keyboard");
  await tabTo(page, page.getByRole("radio", { name: /RSA 4096/ }));
  for (let step = 0; step < 3; step += 1) await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("radio", { name: /EC P-256/ })).toBeFocused();
  await expect(page.getByRole("radio", { name: /EC P-256/ })).toBeChecked();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "By keyboard" })).toBeVisible();

  await page.goto(`${server.url}${portalPath("applications")}/${client.applicationId}`);
  await press(page, page.getByRole("combobox", { name: "Signing Certificate" }));
  await expect(page.getByRole("option").first()).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("combobox", { name: "Signing Certificate" })).toContainText("By keyboard");
  await press(page, page.getByRole("button", { name: "Assign" }));
  await expect(page.getByText("Signing certificate changed")).toBeVisible();
  await client.token();
});

test("renew by keyboard alone: the dialog keeps the focus and gives it back", async ({ page, server, people }) => {
  await signIn(page, server, people.owner, PATH);
  await press(page, page.getByRole("link", { name: "By keyboard" }));
  const renew = page.getByRole("button", { name: "Renew" });
  await press(page, renew);
  const dialog = page.getByRole("dialog");
  await expect(dialog).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(renew).toBeFocused();

  await page.keyboard.press("Enter");
  await tabTo(page, dialog.getByLabel("Validity in days"));
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("0");
  await press(page, dialog.getByRole("button", { name: "Renew certificate" }));
  await expect(dialog.getByLabel("Validity in days")).toHaveAttribute("aria-invalid", "true");
  await expect(dialog.getByLabel("Validity in days")).toHaveAccessibleDescription(/At least 1 day/);
  await expect(dialog.getByLabel("Validity in days")).toBeFocused();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("90");
  await page.keyboard.press("Enter");
  await expect(dialog.getByText("1 application signs with it now.")).toBeVisible();
  await expect(dialog.getByRole("button", { name: "Open the new certificate" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByText("an earlier certificate")).toBeVisible();
});

test("delete by keyboard alone: the applications are moved, the key is typed, the focus never leaves the dialog", async ({
  page,
  server,
  admin,
  people,
}) => {
  const { body } = await callApi(server.url, admin, { path: "certificates?sort=-created_at" });
  const [renewed, old] = body.data as { id: string; kid: string }[];
  await callApi(server.url, admin, { method: "DELETE", path: `certificates/${old?.id}` });
  await signIn(page, server, people.owner, `${PATH}/${renewed?.id}`);
  await press(page, page.getByRole("button", { name: "Delete" }));
  const dialog = page.getByRole("alertdialog");
  const force = dialog.getByRole("button", { name: "Force delete" });
  await expect(force).toBeDisabled();
  await press(page, dialog.getByRole("checkbox"), "Space");
  await expect(dialog.getByRole("checkbox")).toBeChecked();
  await tabTo(page, dialog.getByLabel(/^Type/));
  await page.keyboard.type(kidPrefix(renewed?.kid ?? ""));
  await expect(force).toBeEnabled();
  for (let stop = 0; stop < 12; stop += 1) {
    await page.keyboard.press("Tab");
    expect(await dialog.evaluate((element) => element.contains(document.activeElement))).toBe(true);
  }
  await press(page, force);
  await expect(page).toHaveURL(`${server.url}${PATH}`);
  await expect(page.getByText("No certificate yet")).toBeVisible();
  await press(page, page.getByRole("link", { name: "Deleted", exact: true }));
  await expect(page.getByRole("row", { name: /By keyboard/ })).toHaveCount(2);
});
