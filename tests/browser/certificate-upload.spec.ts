// Uploads in a real Chromium: pasted, chosen and dropped, good and bad, with every message at its field.
import type { Page } from "@playwright/test";
import { expect, expectAccessible, expectNoSidewaysScroll, portalPath, signIn, test, useTheme } from "./fixture.ts";
import { fillUpload, makePair } from "./pairs.ts";

const PATH = portalPath("certificates");

type DroppedFile = { name: string; content: string };

/** Drags files over the page and lets them go, as a file manager does. */
async function dropFiles(page: Page, files: DroppedFile[]): Promise<void> {
  const dataTransfer = await page.evaluateHandle((given) => {
    const transfer = new DataTransfer();
    for (const { name, content } of given) {
      const bytes = Uint8Array.from(atob(content), (character) => character.charCodeAt(0));
      transfer.items.add(new File([bytes], name));
    }
    return transfer;
  }, files);
  const place = page.getByRole("group", { name: "Drop PEM files here" });
  await place.dispatchEvent("dragover", { dataTransfer });
  await place.dispatchEvent("drop", { dataTransfer });
}

function toFile(name: string, content: string | Buffer): DroppedFile {
  return { name, content: Buffer.from(content).toString("base64") };
}

test.use({ world: "uploads" });

test("J26, J29: upload a pair by paste; refusals stand at their field; the key is not in the page afterwards", async ({
  page,
  server,
  people,
}) => {
  const good = makePair({ name: "login.example.com" });
  const other = makePair({ name: "other.example.com" });
  await signIn(page, server, people.owner, PATH);
  await page.getByRole("link", { name: "Upload Certificate" }).first().click();

  await fillUpload(page, { name: "Login", privateKey: other.privateKey, certificate: good.certificate });
  await expect(page.locator("[aria-invalid=true]")).toHaveCount(1);
  await expect(page.getByLabel("Private key")).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByLabel("Private key")).toHaveAccessibleDescription(/does not belong to the certificate/);
  await expect(page.getByLabel("Private key")).toHaveValue(other.privateKey);
  await expectAccessible(page);

  await fillUpload(page, { name: "Login", privateKey: good.privateKey, certificate: "not a certificate" });
  await expect(page.getByLabel("Certificate and chain")).toHaveAttribute("aria-invalid", "true");

  // A preview changes nothing, so the page is not read again, and the next step does not wait for it.
  let reads = 0;
  page.on("request", (request) => {
    if (request.method() === "GET" && request.url().includes("/certificates/upload")) reads += 1;
  });
  await fillUpload(page, { name: "Login", ...good });
  await expect(page.getByText("Nothing is stored yet.")).toBeVisible();
  await expect(page.getByText("CN=login.example.com,O=Example").first()).toBeVisible();
  await expect(page.getByText("DNS:login.example.com")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Back" }).click();
  await expect(page.getByLabel("Private key")).toHaveValue(good.privateKey);
  await page.getByRole("button", { name: "Preview" }).click();
  await expect(page.getByText("Nothing is stored yet.")).toBeVisible();
  expect(reads).toBe(0);
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

test("J26: files are dropped: key, certificate and chain in any order, and what is no PEM says how to convert it", async ({
  page,
  server,
  people,
}) => {
  const pair = makePair({ name: "dropped.example.com" });
  const other = makePair({ name: "issuer.example.com" });
  await signIn(page, server, people.owner, `${PATH}/upload`);
  await dropFiles(page, [toFile("chain.crt", pair.certificate), toFile("private.key", pair.privateKey)]);
  await expect(page.getByText("Read: chain.crt, private.key")).toBeVisible();
  await expect(page.getByLabel("Private key")).toHaveValue(pair.privateKey);
  await expect(page.getByLabel("Certificate and chain")).toHaveValue(pair.certificate);

  const der = Buffer.from(pair.certificate.replaceAll(/-----[^-]+-----|\s/g, ""), "base64");
  await dropFiles(page, [toFile("leaf.der", der), toFile("store.p12", der), toFile("big.pem", "x".repeat(300_000))]);
  await expect(page.getByText("openssl x509 -inform DER -in leaf.der")).toBeVisible();
  await expect(page.getByText("openssl pkcs12 -in store.p12")).toBeVisible();
  await expect(page.getByText("big.pem is larger than 256 kB")).toBeVisible();
  await expect(page.getByLabel("Certificate and chain")).toHaveValue(pair.certificate);
  await expectAccessible(page);

  // A second certificate is added below the first; it is no issuer of it, and the refusal says so at the field.
  await dropFiles(page, [toFile("other.crt", other.certificate)]);
  await expect(page.getByText("openssl x509")).toHaveCount(0);
  await page.getByLabel("Name", { exact: true }).fill("Dropped");
  await page.getByRole("button", { name: "Preview" }).click();
  await expect(page.getByLabel("Certificate and chain")).toHaveAttribute("aria-invalid", "true");
  await page.getByLabel("Certificate and chain").fill(pair.certificate);
  await page.getByRole("button", { name: "Preview" }).click();
  await page.getByRole("button", { name: "Store certificate" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Dropped" })).toBeVisible();
});

for (const theme of ["light", "dark"] as const) {
  test(`a refused upload and the preview are accessible in ${theme} and fit 380 px`, async ({
    page,
    context,
    server,
    people,
  }) => {
    const [good, other] = [makePair({ name: `${theme}.example.com` }), makePair({ name: "other.example.com" })];
    await useTheme(context, server, theme);
    await page.setViewportSize({ width: 380, height: 800 });
    await signIn(page, server, people.owner, `${PATH}/upload`);
    await fillUpload(page, { name: "Refused", privateKey: other.privateKey, certificate: good.certificate });
    await expect(page.locator("[aria-invalid=true]")).toHaveCount(1);
    await expectAccessible(page);
    await expectNoSidewaysScroll(page, "the refused upload");
    await fillUpload(page, { name: "Preview", ...good });
    await expect(page.getByText("Nothing is stored yet.")).toBeVisible();
    await expectAccessible(page);
    await expectNoSidewaysScroll(page, "the preview");
  });
}
