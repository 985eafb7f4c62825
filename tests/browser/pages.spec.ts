// Every page: accessible in light and dark, usable at 380 px, without a console error; strangers see what a missing organization shows.
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
import { makePair } from "./pairs.ts";

const PAGES = ["", "applications", "applications/new", "signing-keys", "sessions", "audit-log", "settings"];
const CERTIFICATE_PAGES = [
  "certificates",
  "certificates?state=deleted",
  "certificates?search=nothing-of-this-name",
  "certificates/new",
  "certificates/upload",
];
const LONG_NAME = `${"Unbreakable".repeat(8)} ضبط`;

/** One certificate of every kind that a list shows: expiring, renewed, uploaded, deleted; answers the names of their pages. */
async function makeCertificates(url: string, admin: string, theme: string): Promise<string[]> {
  const make = async (path: string, body: Record<string, unknown>): Promise<string> => {
    const { body: made, text } = await callApi(url, admin, { method: "POST", path, body });
    const { id } = (made.renewed ?? made) as { id?: string };
    expect(id, text).toBeTruthy();
    return String(id);
  };
  const fast = { key_algorithm: "ecdsa-p256", subject_alt_names: "payroll.example.com, *.payroll.example.com" };
  const renewed = await make("certificates", { name: `Payroll ${theme}`, ...fast, validity_days: 20 });
  const renewal = await make(`certificates/${renewed}/renew`, { validity_days: 5 });
  const long = await make("certificates", { name: LONG_NAME, common_name: "long", ...fast });
  const pair = makePair({ name: `${theme}.example.com` });
  const uploaded = await make("certificates/upload", {
    name: `Uploaded ${theme}`,
    private_key_pem: pair.privateKey,
    certificate_pem: pair.certificate,
  });
  const deleted = await make("certificates", { name: `Gone ${theme}`, ...fast });
  await callApi(url, admin, { method: "DELETE", path: `certificates/${deleted}` });
  return [renewed, renewal, long, uploaded, deleted].map((id) => `certificates/${id}`);
}

test.use({ world: "pages" });

for (const theme of ["light", "dark"] as const) {
  test(`J20: while there is no certificate, its pages are accessible in ${theme} and fit 380 px`, async ({
    page,
    context,
    server,
    people,
  }) => {
    await useTheme(context, server, theme);
    await signIn(page, server, people.owner, portalPath("certificates"));
    await expect(page.getByText("No certificate yet")).toBeVisible();
    for (const name of CERTIFICATE_PAGES) await expectSoundPage(page, `${server.url}${portalPath(name)}`);
  });
}

for (const theme of ["light", "dark"] as const) {
  test(`J1, J3, J4: every page is accessible in ${theme} and fits 380 px`, async ({
    page,
    context,
    server,
    admin,
    people,
  }) => {
    test.setTimeout(180_000);
    const client = await createClient(server, admin, { name: `Reporting ${theme}`, tokenExpirySecs: 3600 });
    await client.token();
    const certificates = await makeCertificates(server.url, admin, theme);
    await useTheme(context, server, theme);
    await page.goto(`${server.url}/sign-in`);
    await expectAccessible(page);
    await signIn(page, server, people.owner);
    const application = `applications/${client.applicationId}`;
    const names = [...PAGES, application, `${application}/edit`, ...CERTIFICATE_PAGES, ...certificates];
    for (const name of names) await expectSoundPage(page, `${server.url}${portalPath(name)}`);
  });
}

test("A1: a stranger and a missing organization get the same page", async ({ page, server, people, consoleErrors }) => {
  await signIn(page, server, people.stranger, "/orgs/globex/portal");
  const seen: string[] = [];
  for (const organization of ["acme-corp", "does-not-exist"]) {
    const response = await page.goto(`${server.url}/orgs/${organization}/portal/signing-keys`);
    expect(response?.status()).toBe(404);
    await expect(page).toHaveTitle("Not found · Signet");
    seen.push(await page.getByRole("main").innerText());
  }
  expect(seen[0]).toBe(seen[1]);
  leaveOutMissingDocuments(consoleErrors);
});

test("without a session every portal page leads to the sign-in page and back", async ({ page, server, people }) => {
  await page.goto(`${server.url}${portalPath("audit-log")}`);
  await expect(page).toHaveURL(/\/sign-in\?callback=/);
  await page.getByLabel("Email").fill(people.owner.email);
  await page.getByLabel("Password", { exact: true }).fill(people.owner.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(`${server.url}${portalPath("audit-log")}`);
  await expect(page).toHaveTitle("Audit Log · Acme Corp · Signet");
});

test("what is not there, or no longer, is a 404 that leads on to the overview", async ({
  page,
  server,
  people,
  consoleErrors,
}) => {
  await signIn(page, server, people.owner);
  const answer = await page.goto(`${server.url}${portalPath("certificates/crt_0000000000000000")}`);
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole("heading", { level: 1, name: "Not found" })).toBeAttached();
  await page.getByRole("link", { name: "To the overview" }).click();
  await expect(page).toHaveURL(`${server.url}${portalPath("")}`);
  await expect(page).toHaveTitle("Overview · Acme Corp · Signet");
  leaveOutMissingDocuments(consoleErrors);
});

test("a page is complete when it comes, before any script runs", async ({ browser, page, server, people }) => {
  await signIn(page, server, people.owner);
  const storageState = await page.context().storageState();
  const context = await browser.newContext({ javaScriptEnabled: false, storageState });
  const still = await context.newPage();
  for (const name of PAGES) {
    await still.goto(`${server.url}${portalPath(name)}`);
    await expect(still.getByRole("main").getByRole("heading", { level: 1 }), name).toBeVisible();
  }
  await still.goto(`${server.url}${portalPath("audit-log")}`);
  await expect(still.getByText("Signed in", { exact: true }).last()).toBeVisible();
  await context.close();
});

test("while the next page is read, the one before stays, and a line says that something happens", async ({
  page,
  server,
  people,
}) => {
  await signIn(page, server, people.owner, portalPath("sessions"));
  let answer = (): void => undefined;
  const asked = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route(/\/audit-log\?_rsc=/, async (route) => {
    await asked;
    await route.continue();
  });
  const line = page.getByRole("progressbar", { name: "The page is loading" });
  await page.getByRole("navigation").getByRole("link", { name: "Audit Log" }).click();
  await expect(line).toHaveCSS("opacity", "1");
  await expect(page.getByRole("heading", { level: 1, name: "Sessions" })).toBeVisible();
  await expectAccessible(page);
  answer();
  await expect(page.getByRole("heading", { level: 1, name: "Audit Log" })).toBeVisible();
  await expect(line).toHaveCount(0);
  await page.goBack();
  await expect(page.getByRole("heading", { level: 1, name: "Sessions" })).toBeVisible();
  await expect(line).toHaveCount(0);
});

/** Chromium itself reports each 404 of a document. */
function leaveOutMissingDocuments(consoleErrors: string[]): void {
  consoleErrors.splice(0, consoleErrors.length, ...consoleErrors.filter((text) => !text.includes("404")));
}
