// The life of a managed certificate in a real Chromium: generate, upload good and bad, assign, renew, refuse to delete, delete.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { kidPrefix } from "#components/keys/kid-parts.ts";
import { callApi } from "../support/api-client.ts";
import { createClient, expect, expectAccessible, ORGANIZATION, portalPath, signIn, test, useTheme } from "./fixture.ts";

const PATH = portalPath("certificates");

type Pair = { privateKey: string; certificate: string };

/** A pair as the company's PKI would issue it, made by openssl. */
function makePair({ name, days = 365, passphrase }: { name: string; days?: number; passphrase?: string }): Pair {
  const folder = mkdtempSync(join(tmpdir(), "signet-pair-"));
  const [keyFile, certificateFile] = [join(folder, "key.pem"), join(folder, "certificate.pem")];
  const words = [
    "req",
    "-x509",
    "-newkey",
    "ec",
    "-pkeyopt",
    "ec_paramgen_curve:P-384",
    "-sha384",
    "-days",
    String(days),
  ];
  const protection = passphrase === undefined ? ["-nodes"] : ["-passout", `pass:${passphrase}`];
  const names = ["-subj", `/O=Example/CN=${name}`, "-addext", `subjectAltName=DNS:${name}`];
  execFileSync("openssl", [...words, ...protection, ...names, "-keyout", keyFile, "-out", certificateFile], {
    stdio: "ignore",
  });
  const pair = { privateKey: readFileSync(keyFile, "utf8"), certificate: readFileSync(certificateFile, "utf8") };
  rmSync(folder, { recursive: true });
  return pair;
}

async function fillUpload(page: Page, { name, privateKey, certificate }: Pair & { name: string }): Promise<void> {
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Private key").fill(privateKey);
  await page.getByLabel("Certificate and chain").fill(certificate);
  await page.getByRole("button", { name: "Preview" }).click();
}

async function readJwks(url: string): Promise<{ kid: string; x5c?: string[] }[]> {
  const response = await fetch(`${url}/orgs/${ORGANIZATION}/.well-known/jwks.json`);
  return ((await response.json()) as { keys: { kid: string; x5c?: string[] }[] }).keys;
}

test.describe.configure({ mode: "serial" });

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

test("J26, J29: upload a pair by paste; refusals stand at their field; the key is not in the page afterwards", async ({
  page,
  server,
  people,
}) => {
  const good = makePair({ name: "login.example.com" });
  const other = makePair({ name: "other.example.com" });
  await signIn(page, server, people.owner, PATH);
  await page.getByRole("link", { name: "Upload Certificate" }).click();

  await fillUpload(page, { name: "Login", privateKey: other.privateKey, certificate: good.certificate });
  await expect(page.locator("[aria-invalid=true]")).toHaveCount(1);
  await expect(page.getByLabel("Private key")).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByLabel("Private key")).toHaveAccessibleDescription(/does not belong to the certificate/);
  await expect(page.getByLabel("Private key")).toHaveValue(other.privateKey);
  await expectAccessible(page);

  await fillUpload(page, { name: "Login", privateKey: good.privateKey, certificate: "not a certificate" });
  await expect(page.getByLabel("Certificate and chain")).toHaveAttribute("aria-invalid", "true");

  await fillUpload(page, { name: "Login", ...good });
  await expect(page.getByText("Nothing is stored yet.")).toBeVisible();
  await expect(page.getByText("CN=login.example.com,O=Example").first()).toBeVisible();
  await expect(page.getByText("DNS:login.example.com")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Back" }).click();
  await expect(page.getByLabel("Private key")).toHaveValue(good.privateKey);
  await page.getByRole("button", { name: "Preview" }).click();
  await page.getByRole("button", { name: "Store certificate" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Login" })).toBeVisible();
  expect(await page.content()).not.toContain("PRIVATE KEY");
  const secret = good.privateKey.split("\n")[1] ?? "";
  expect(await page.content()).not.toContain(secret);
});

test("J26: files are sorted into their fields, also one that holds key and certificate, and an encrypted key", async ({
  page,
  server,
  people,
}) => {
  const pair = makePair({ name: "files.example.com", passphrase: "correct horse" });
  await signIn(page, server, people.owner, `${PATH}/upload`);
  const both = Buffer.from(`${pair.certificate}${pair.privateKey}`);
  const [chooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    page.getByRole("button", { name: "Choose files" }).click(),
  ]);
  await chooser.setFiles({ name: "both.pem", mimeType: "application/x-pem-file", buffer: both });
  await expect(page.getByText("Read: both.pem")).toBeVisible();
  await expect(page.getByLabel("Private key")).toHaveValue(/^-----BEGIN ENCRYPTED PRIVATE KEY-----/);
  await expect(page.getByLabel("Certificate and chain")).toHaveValue(/^-----BEGIN CERTIFICATE-----/);

  await page.getByLabel("Name", { exact: true }).fill("Files");
  await page.getByRole("button", { name: "Preview" }).click();
  await expect(page.getByLabel("Passphrase")).toHaveAttribute("aria-invalid", "true");
  await page.getByLabel("Passphrase").fill("wrong");
  await page.getByRole("button", { name: "Preview" }).click();
  await expect(page.getByLabel("Passphrase")).toHaveAttribute("aria-invalid", "true");
  await page.getByLabel("Passphrase").fill("correct horse");
  await page.getByRole("button", { name: "Preview" }).click();
  await page.getByRole("button", { name: "Store certificate" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Files" })).toBeVisible();
  await page.goto(`${server.url}${PATH}`);
  await expect(page.getByRole("row", { name: /Files/ })).toBeVisible();
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
  await expect(page.getByRole("link", { name: "Reporting" })).toBeVisible();

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

for (const theme of ["light", "dark"] as const) {
  test(`every certificate page is accessible in ${theme} and fits 380 px`, async ({
    page,
    context,
    server,
    admin,
    people,
  }) => {
    const { body } = await callApi(server.url, admin, { path: "certificates" });
    const [first] = body.data as { id: string }[];
    await useTheme(context, server, theme);
    await signIn(page, server, people.owner, PATH);
    for (const name of ["", "?search=nothing-of-this-name", "/new", "/upload", `/${first?.id}`]) {
      await page.setViewportSize({ width: 1280, height: 900 });
      await page.goto(`${server.url}${PATH}${name}`);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expectAccessible(page);
      await page.setViewportSize({ width: 380, height: 800 });
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow, `${name || "list"} scrolls sideways at 380 px`).toBeLessThanOrEqual(0);
    }
  });
}
