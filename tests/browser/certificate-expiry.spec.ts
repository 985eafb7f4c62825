// What an administrator sees when a certificate has ended: the application signs with the organization's key, and every page says so.
import { setTimeout } from "node:timers/promises";
import { decodeProtectedHeader } from "jose";
import { callApi } from "../support/api-client.ts";
import {
  createClient,
  expect,
  expectAccessible,
  expectSoundPage,
  portalPath,
  signIn,
  test,
  useTheme,
} from "./fixture.ts";
import { makePairUntil } from "./pairs.ts";

const VALID_MILLISECONDS = 10_000;

type Found = { id: string; kid: string; used_by: { id: string }[] };

/** The expired certificate, which only one application uses. */
async function findShort(url: string, admin: string): Promise<Found> {
  const { body } = await callApi(url, admin, { path: "certificates?search=short" });
  const [found] = body.data as Found[];
  if (found === undefined) throw new Error("there is no such certificate");
  return found;
}

test.describe.configure({ mode: "serial" });
test.use({ world: "expiry" });

test("J7, J31: an expired certificate signs nothing, the pages say what does", async ({
  page,
  server,
  admin,
  people,
}) => {
  const { body: status } = await callApi(server.url, admin, { path: "signing-key" });
  const client = await createClient(server, admin, { name: "Reporting", tokenExpirySecs: 600 });
  const end = new Date(Date.now() + VALID_MILLISECONDS);
  const pair = await makePairUntil("short.example.com", end);
  const { body: stored, text } = await callApi(server.url, admin, {
    method: "POST",
    path: "certificates/upload",
    body: { name: "Short", private_key_pem: pair.privateKey, certificate_pem: pair.certificate },
  });
  expect(stored.id, text).toBeTruthy();
  await callApi(server.url, admin, {
    method: "PUT",
    path: `applications/${client.applicationId}/signing-certificate`,
    body: { signing_cert_id: stored.id },
  });
  expect(decodeProtectedHeader(await client.token()).kid).toBe(stored.kid);
  await setTimeout(Math.max(0, end.getTime() - Date.now()));
  expect(decodeProtectedHeader(await client.token()).kid).toBe(status.current_kid);

  const applicationPath = `${portalPath("applications")}/${client.applicationId}`;
  await signIn(page, server, people.owner, applicationPath);
  await expect(page.getByText("The certificate has expired", { exact: true })).toBeVisible();
  await expect(page.getByText("For now the organization's key signs")).toBeVisible();
  await page.getByRole("combobox", { name: "Signing Certificate" }).click();
  await expect(page.getByRole("option", { name: /Short/ })).toHaveAttribute("aria-disabled", "true");
  await page.keyboard.press("Escape");

  await page.goto(`${server.url}${portalPath("")}`);
  await expect(page.getByText("1 certificate has expired")).toBeVisible();
  await page.getByRole("link", { name: "Look at the certificates" }).click();
  await expect(page.getByRole("row", { name: /Short/ }).getByText("Expired", { exact: true })).toBeVisible();
  await page.getByRole("link", { name: "Short" }).click();
  await expect(page.getByText("1 application falls back to the organization's signing key")).toBeVisible();
});

for (const theme of ["light", "dark"] as const) {
  test(`the pages that tell of an expired certificate are accessible in ${theme} and fit 380 px`, async ({
    page,
    context,
    server,
    admin,
    people,
  }) => {
    const { id, used_by: users } = await findShort(server.url, admin);
    await useTheme(context, server, theme);
    await signIn(page, server, people.owner);
    for (const name of ["", "certificates", `certificates/${id}`, `applications/${users[0]?.id}`]) {
      await expectSoundPage(page, `${server.url}${portalPath(name)}`);
    }
  });
}

test("a renewal gives an expired certificate's application its key back", async ({ page, server, admin, people }) => {
  const { id, kid, used_by: users } = await findShort(server.url, admin);
  await signIn(page, server, people.owner, `${portalPath("certificates")}/${id}`);
  await page.getByRole("button", { name: "Renew" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Renew certificate" }).click();
  await page.getByRole("button", { name: "Open the new certificate" }).click();
  const usedBy = page.getByRole("list", { name: "Applications that use the certificate" });
  await expect(usedBy.getByRole("link", { name: "Reporting" })).toBeVisible();
  const { body } = await callApi(server.url, admin, { path: `applications/${users[0]?.id}` });
  expect(body.signs_with).toMatchObject({ kind: "certificate", kid, fallback_reason: null });
  await usedBy.getByRole("link", { name: "Reporting" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Reporting" })).toBeVisible();
  await expect(page.getByText("The certificate has expired", { exact: true })).toHaveCount(0);
  await page.goto(`${server.url}${portalPath("")}`);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.getByText("1 certificate has expired")).toHaveCount(0);
});

test("after a renewal the old certificate leads to the new one, in the list, on its page and in the dropdown", async ({
  page,
  server,
  admin,
  people,
}) => {
  const { body } = await callApi(server.url, admin, { path: "applications?search=Reporting" });
  const [application] = body.data as { id: string }[];
  await signIn(page, server, people.owner, portalPath("certificates"));
  const rows = page.getByRole("row", { name: /Short/ });
  await expect(rows).toHaveCount(2);
  const old = rows.filter({ hasText: "Renewed: see" });
  await expect(old).toHaveCount(1);
  await old.getByRole("link", { name: "Short" }).click();
  await expect(page.getByText("No application uses this one any more, so it can be deleted.")).toBeVisible();
  await expectAccessible(page);
  const address = page.url();
  await page.getByRole("link", { name: /^the one until/ }).click();
  await expect(page.getByText("an earlier certificate")).toBeVisible();
  expect(page.url()).not.toBe(address);

  await page.goto(`${server.url}${portalPath("applications")}/${application?.id}`);
  const choice = page.getByRole("combobox", { name: "Signing Certificate" });
  await expect(choice).toContainText(/Short until \d/);
  await choice.click();
  await expect(page.getByRole("option", { name: /Short/ })).toHaveCount(2);
  await expect(page.getByRole("option", { name: /renewed, see the one until/ })).toHaveAttribute(
    "aria-disabled",
    "true",
  );
});
