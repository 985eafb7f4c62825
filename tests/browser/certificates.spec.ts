// The life of a managed certificate in a real Chromium: generate, assign, renew, refuse to delete, delete.
import { kidPrefix } from "#components/keys/kid-parts.ts";
import { callApi } from "../support/api-client.ts";
import { createClient, expect, expectAccessible, ORGANIZATION, portalPath, signIn, test } from "./fixture.ts";

const PATH = portalPath("certificates");

async function readJwks(url: string): Promise<{ kid: string; x5c?: string[] }[]> {
  const response = await fetch(`${url}/orgs/${ORGANIZATION}/.well-known/jwks.json`);
  return ((await response.json()) as { keys: { kid: string; x5c?: string[] }[] }).keys;
}

test.describe.configure({ mode: "serial" });
test.use({ world: "certificates" });

test("J20, J21, J22, J23, J24, J25: generate a certificate from Security → Certificates", async ({
  page,
  server,
  people,
}) => {
  await signIn(page, server, people.owner);
  await page.getByRole("navigation", { name: "Portal" }).getByRole("link", { name: "Certificates" }).click();
  await expect(page).toHaveURL(`${server.url}${PATH}`);
  await expect(page.getByText("No certificate yet")).toBeVisible();
  await page.getByRole("link", { name: "Generate Certificate" }).first().click();
  await expect(page.getByLabel("Validity in days")).toHaveValue("365");
  await expect(page.getByRole("radio", { name: /RSA 4096/ })).toBeChecked();

  await page.getByRole("button", { name: "Generate certificate" }).click();
  await expect(page.getByText("A name is needed.")).toBeVisible();
  await expect(page.getByLabel("Name", { exact: true })).toBeFocused();

  await page.getByLabel("Name", { exact: true }).fill("Payroll 2027");
  await page.getByLabel("Subject Alt Names").fill("payroll.example.com, not a name");
  await page.getByRole("button", { name: "Generate certificate" }).click();
  await expect(page.getByLabel("Subject Alt Names")).toBeFocused();
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Payroll 2027");

  await page.getByLabel("Subject Alt Names").fill("payroll.example.com, *.payroll.example.com");
  await page.getByRole("button", { name: "Generate certificate" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Making an RSA 4096 key" })).toBeVisible();
  await expect(page.getByRole("heading", { level: 1, name: "Payroll 2027" })).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText("CN=Payroll 2027").first()).toBeVisible();
  await expect(page.getByText("DNS:*.payroll.example.com")).toBeVisible();
  await expect(page.getByText("Signed by itself")).toBeVisible();
  await expectAccessible(page);
});

test("J6, J7, J30, J31: an auditor assigns by the dropdown, and the key is in the JWKS with x5c", async ({
  page,
  server,
  admin,
  people,
}) => {
  const client = await createClient(server, admin, { name: "Reporting", tokenExpirySecs: 900 });
  await signIn(page, server, people.auditor, `${portalPath("applications")}/${client.applicationId}`);
  await expect(page.getByRole("link", { name: "Organization signing key (default)" })).toBeVisible();
  await page.getByRole("combobox", { name: "Signing Certificate" }).click();
  const options = page.getByRole("option");
  await expect(options.first()).toContainText("Organization signing key (default)");
  await options.filter({ hasText: "Payroll 2027" }).click();
  await page.getByRole("button", { name: "Assign" }).click();
  await expect(page.getByText("Signing certificate changed")).toBeVisible();
  await expect(page.getByRole("link", { name: "Payroll 2027" })).toBeVisible();
  await expectAccessible(page);
  const { body } = await callApi(server.url, admin, { path: `applications/${client.applicationId}` });
  const { kid } = body.signs_with as { kid: string };
  expect((await readJwks(server.url)).find((key) => key.kid === kid)?.x5c).toHaveLength(1);

  await page.goto(`${server.url}${PATH}`);
  await expect(page.getByRole("link", { name: "Reporting" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Generate Certificate" })).toHaveCount(0);
  await page.getByRole("link", { name: "Payroll 2027" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Payroll 2027" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Delete" })).toHaveCount(0);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download PEM" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("Payroll-2027.pem");
  await client.token();
});

test("renew keeps the key and moves the applications; delete asks for what it breaks", async ({
  page,
  server,
  admin,
  people,
}) => {
  await signIn(page, server, people.owner, PATH);
  await page.getByRole("link", { name: "Payroll 2027" }).click();
  await page.getByRole("button", { name: "Renew" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText("Same public key, same key ID")).toBeVisible();
  await expectAccessible(page);
  await dialog.getByLabel("Validity in days").fill("30");
  await dialog.getByRole("button", { name: "Renew certificate" }).click();
  await expect(dialog.getByText("1 application signs with it now.")).toBeVisible();
  await dialog.getByRole("button", { name: "Open the new certificate" }).click();
  await expect(page.getByText("Expires in", { exact: false }).first()).toBeVisible();
  const users = page.getByRole("list", { name: "Applications that use the certificate" });
  await expect(users.getByRole("link", { name: "Reporting" })).toBeVisible();
  // The token was signed before the renewal, by the key that both share.
  const evidence = page.locator("section").filter({ has: page.getByRole("heading", { name: "Depends on its key" }) });
  await expect(evidence.getByText("1 session of 1 application holds tokens of its key")).toBeVisible();
  await expect(evidence.getByRole("link", { name: "Reporting" })).toBeVisible();
  const sessions = await evidence.getByRole("link", { name: "1 session" }).getAttribute("href");
  await page.goto(`${server.url}${sessions}`);
  await expect(page.getByText("Only sessions with tokens of the key")).toBeVisible();
  await expect(page.getByText("1 active session")).toBeVisible();

  await page.goto(`${server.url}${portalPath("")}`);
  await expect(page.getByText("1 certificate expires within 30 days")).toBeVisible();

  // The old one shares its key with the new one: nothing breaks when it goes.
  await page.getByRole("link", { name: "Look at the certificates" }).click();
  await page.getByRole("link", { name: "Payroll 2027" }).last().click();
  await page.getByRole("button", { name: "Delete" }).click();
  const old = page.getByRole("alertdialog");
  await expect(old.getByText("another certificate shares it")).toBeVisible();
  await old.getByRole("button", { name: "Delete certificate" }).click();
  await expect(page).toHaveURL(`${server.url}${PATH}`);

  await page.getByRole("link", { name: "Payroll 2027" }).click();
  await page.getByRole("button", { name: "Delete" }).click();
  const last = page.getByRole("alertdialog");
  await expect(last.getByText("1 application signs with it")).toBeVisible();
  await expect(last.getByText("1 session of 1 application holds tokens of its key")).toBeVisible();
  const force = last.getByRole("button", { name: "Force delete" });
  await expect(force).toBeDisabled();
  await expectAccessible(page);
  const kid = await page
    .locator("code.kid")
    .filter({ hasText: /^[\w-]{43}$/ })
    .first()
    .textContent();
  await last.getByRole("checkbox").click();
  await expect(force).toBeDisabled();
  await last.getByLabel(/^Type/).fill(kidPrefix(kid ?? ""));
  await force.click();
  await expect(page).toHaveURL(`${server.url}${PATH}`);
  expect((await readJwks(server.url)).map((key) => key.kid)).not.toContain(kid);
  const { body } = await callApi(server.url, admin, { path: "applications?search=Reporting" });
  expect((body.data as { signing_cert_id: string | null }[])[0]?.signing_cert_id).toBeNull();
});

test("a deleted certificate is found again: under Deleted in the list, and from the audit log", async ({
  page,
  server,
  people,
}) => {
  await signIn(page, server, people.auditor, PATH);
  await expect(page.getByRole("link", { name: "Payroll 2027" })).toHaveCount(0);
  await page.getByRole("link", { name: "Deleted", exact: true }).click();
  await expect(page.getByRole("link", { name: "Deleted", exact: true })).toHaveAttribute("aria-current", "page");
  await expect(page.getByRole("row", { name: /Payroll 2027/ })).toHaveCount(2);
  await page.getByRole("link", { name: "Payroll 2027" }).first().click();
  await expect(page.getByText("It stays here as history.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Delete" })).toHaveCount(0);
  const address = page.url();
  await page.getByRole("link", { name: "Deleted certificates" }).click();
  await page.getByLabel("Name, subject or fingerprint").fill("nothing of this name");
  await page.getByRole("button", { name: "Search" }).click();
  await expect(page.getByText("No deleted certificate contains")).toBeVisible();

  await page.goto(`${server.url}${portalPath("audit-log")}?action=certificate.deleted`);
  for (const line of await page.locator("summary").all()) await line.click();
  const links = page.getByRole("link", { name: "Payroll 2027" });
  const targets = await links.evaluateAll((found) => found.map((link) => (link as HTMLAnchorElement).href));
  expect(targets).toContain(address);
  await links.first().click();
  await expect(page.getByText("It stays here as history.")).toBeVisible();
});
