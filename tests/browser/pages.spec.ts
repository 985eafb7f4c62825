// Every page: accessible in light and dark, usable at 380 px, without a console error; strangers see what a missing organization shows.
import { createClient, expect, expectAccessible, portalPath, signIn, test, useTheme } from "./fixture.ts";

const PAGES = ["", "applications", "applications/new", "signing-keys", "sessions", "audit-log", "settings"];

for (const theme of ["light", "dark"] as const) {
  test(`J1, J4: every page is accessible in ${theme} and fits 380 px`, async ({
    page,
    context,
    server,
    admin,
    people,
  }) => {
    test.setTimeout(120_000);
    const client = await createClient(server, admin, { name: `Reporting ${theme}`, tokenExpirySecs: 3600 });
    await client.token();
    await useTheme(context, server, theme);
    await page.goto(`${server.url}/sign-in`);
    await expectAccessible(page);
    await signIn(page, server, people.owner);
    const application = `applications/${client.applicationId}`;
    for (const name of [...PAGES, application, `${application}/edit`]) {
      await page.setViewportSize({ width: 1280, height: 900 });
      await page.goto(`${server.url}${portalPath(name)}`);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expectAccessible(page);
      await page.setViewportSize({ width: 380, height: 800 });
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow, `${name || "overview"} scrolls sideways at 380 px`).toBeLessThanOrEqual(0);
    }
  });
}

test("A1: a stranger and a missing organization get the same page", async ({ page, server, people, consoleErrors }) => {
  await signIn(page, server, people.stranger, "/orgs/globex/portal");
  const seen: string[] = [];
  for (const organization of ["acme-corp", "does-not-exist"]) {
    const response = await page.goto(`${server.url}/orgs/${organization}/portal/signing-keys`);
    expect(response?.status()).toBe(404);
    seen.push(await page.getByRole("main").innerText());
  }
  expect(seen[0]).toBe(seen[1]);
  // Chromium itself reports each 404 of a document.
  consoleErrors.splice(0, consoleErrors.length, ...consoleErrors.filter((text) => !text.includes("404")));
});

test("without a session every portal page leads to the sign-in page and back", async ({ page, server, people }) => {
  await page.goto(`${server.url}${portalPath("audit-log")}`);
  await expect(page).toHaveURL(/\/sign-in\?callback=/);
  await page.getByLabel("Email").fill(people.owner.email);
  await page.getByLabel("Password", { exact: true }).fill(people.owner.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(`${server.url}${portalPath("audit-log")}`);
});
