// What every browser journey starts from: a running server, signed-in people, and a guard that fails on console errors.
import { execFileSync } from "node:child_process";
import AxeBuilder from "@axe-core/playwright";
import { type BrowserContext, test as base, expect, type Page, type Request } from "@playwright/test";
import { callApi, fetchAccessToken } from "../support/api-client.ts";
import { OWNER, type SignetServer, startSignetServer } from "../support/signet-server.ts";

export { expect };

/** The organization of the journeys. */
export const ORGANIZATION = "acme-corp";

/** A person that can sign in. */
export type Person = { email: string; password: string };

type TestFixtures = {
  consoleErrors: string[];
  /** A management token with every permission of an owner, signed by the key that is current when the test begins. */
  admin: string;
};

type WorkerFixtures = {
  /** Journeys that count what is there name a world of their own with `test.use`, and get a server to themselves. */
  world: string;
  server: SignetServer;
  /** One person of each role; `stranger` owns another organization. */
  people: Record<"owner" | "auditor" | "app-admin" | "stranger", Person>;
};

/** Playwright's test with a server per worker; any console error of a page fails the test, and so does a title that is lost. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  world: ["shared", { option: true, scope: "worker" }],
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures from the pattern
    async ({}, use) => {
      const server = await startSignetServer();
      await use(server);
      await server.stop();
    },
    { scope: "worker", timeout: 90_000 },
  ],
  admin: async ({ server }, use) => {
    const permissions = "certificates.manage,applications.manage,audit.view,members.manage";
    await use(server.command("token", "create", "--org", ORGANIZATION, "--permissions", permissions));
  },
  people: [
    async ({ server }, use) => {
      server.command("org", "create", "globex", "--name", "Globex");
      await use({
        owner: OWNER,
        auditor: addPerson(server, ORGANIZATION, "auditor"),
        "app-admin": addPerson(server, ORGANIZATION, "app-admin"),
        stranger: addPerson(server, "globex", "owner"),
      });
    },
    { scope: "worker", timeout: 90_000 },
  ],
  consoleErrors: [
    async ({ context }, use) => {
      const errors: string[] = [];
      context.on("console", (message) => {
        if (message.type() === "error") errors.push(message.text());
      });
      await context.addInitScript(reportLostTitle);
      context.on("weberror", (error) => errors.push(String(error.error())));
      await use(errors);
      expect(errors, "console errors").toEqual([]);
    },
    { auto: true },
  ],
});

/** Runs in every page: a page that loses its title, if only until the next part arrives, has an error in its console. */
function reportLostTitle(): void {
  let last = "";
  const look = (): void => {
    if (document.title === "" && last !== "") console.error(`The page lost its title, which was ${last}`);
    last = document.title;
  };
  new MutationObserver(look).observe(document, { childList: true, characterData: true, subtree: true });
}

function addPerson(server: SignetServer, organizationId: string, role: string): Person {
  const email = `${role}@${organizationId}.example`;
  return { email, password: runOnDatabase(server, "tests/support/add-member.ts", organizationId, email, role) };
}

/** Lets whoever is signed in have signed in this many minutes ago. */
export function ageSessions(server: SignetServer, minutes: number): void {
  runOnDatabase(server, "tests/support/age-sessions.ts", String(minutes));
}

function runOnDatabase(server: SignetServer, script: string, ...words: string[]): string {
  return execFileSync(process.execPath, ["--conditions=react-server", "--import", "tsx", script, ...words], {
    env: { ...process.env, ...server.environment },
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  }).trim();
}

/** Signs in through the page, as a person does. */
export async function signIn(page: Page, server: SignetServer, person: Person, path = portalPath("")): Promise<void> {
  await page.goto(`${server.url}/sign-in?callback=${encodeURIComponent(path)}`);
  await page.getByLabel("Email").fill(person.email);
  await page.getByLabel("Password", { exact: true }).fill(person.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(`${server.url}${path}`);
}

/** The path of a portal page of the journeys' organization. */
export function portalPath(page: string): string {
  return `/orgs/${ORGANIZATION}/portal${page === "" ? "" : `/${page}`}`;
}

/** Fails on anything serious that axe finds, in the theme that the page shows now. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const serious = violations
    .filter((violation) => violation.impact === "serious" || violation.impact === "critical")
    .map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.html).join(" | ")}`);
  expect(serious).toEqual([]);
}

/** Opens a page of the server: accessible at 1280 px, and at 380 px without scrolling sideways. */
export async function expectSoundPage(page: Page, address: string): Promise<void> {
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.goto(address);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expectAccessible(page);
  await page.setViewportSize({ width: 380, height: 800 });
  await expectNoSidewaysScroll(page, address);
}

/** Fails when the page is wider than its window. */
export async function expectNoSidewaysScroll(page: Page, what: string): Promise<void> {
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow, `${what} scrolls sideways`).toBeLessThanOrEqual(0);
}

/** Shows the portal in one theme from the next navigation on. */
export async function useTheme(context: BrowserContext, server: SignetServer, theme: "light" | "dark"): Promise<void> {
  await context.addCookies([{ name: "signet-theme", value: theme, url: server.url }]);
}

/** The server action that a page sends when something is pressed. */
export async function sentAction(page: Page, press: () => Promise<void>): Promise<Request> {
  const isAction = (request: Request): boolean => request.headers()["next-action"] !== undefined;
  const [request] = await Promise.all([page.waitForRequest(isAction), press()]);
  return request;
}

/** Sends somebody's server action again with the cookies of a context; gives the answer as text. */
export async function sendAgain(
  context: BrowserContext,
  server: SignetServer,
  { action, path, body }: { action: Request; path: string; body: string },
): Promise<string> {
  const names = ["next-action", "content-type", "next-router-state-tree", "accept"];
  const headers = Object.fromEntries(Object.entries(action.headers()).filter(([name]) => names.includes(name)));
  const url = `${server.url}${path}`;
  const response = await context.request.post(url, { headers: { ...headers, origin: server.url }, data: body });
  return response.text();
}

/** Registers an OIDC application and returns its client. */
export async function createClient(
  server: SignetServer,
  admin: string,
  { name, tokenExpirySecs }: { name: string; tokenExpirySecs: number },
): Promise<{ applicationId: string; id: string; secret: string; token: () => Promise<string> }> {
  const { body, text } = await callApi(server.url, admin, {
    method: "POST",
    path: "applications",
    body: { name, protocol: "oidc", grant_types: ["client_credentials"], token_expiry_secs: tokenExpirySecs },
  });
  expect(body.client_secret, text).toBeTruthy();
  const client = { id: String(body.client_id), secret: String(body.client_secret) };
  const token = (): Promise<string> => fetchAccessToken(server.url, ORGANIZATION, client);
  return { applicationId: String(body.id), ...client, token };
}
