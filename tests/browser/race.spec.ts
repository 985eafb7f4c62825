// Fifty rotations at once, half of them clicks in the portal and half calls of the API: one rotation, on both databases.
import type { Page } from "@playwright/test";
import { startPostgresServer } from "../../prisma/postgres-server.ts";
import { callApi } from "../support/api-client.ts";
import { OWNER, type SignetServer, startSignetServer } from "../support/signet-server.ts";
import { expect, ORGANIZATION, portalPath, signIn, test } from "./fixture.ts";

const EACH = 25;

type Click = { data: string; headers: Record<string, string> };

/** Presses Rotate in the dialog, and takes the request away before it reaches the server. */
async function catchClick(page: Page): Promise<Click> {
  const caught = new Promise<Click>((resolve) => {
    void page.route("**/portal/signing-keys", async (route, request) => {
      const headers = request.headers();
      if (headers["next-action"] === undefined) return route.continue();
      const wanted = ["next-action", "content-type", "next-router-state-tree", "accept"];
      const kept = Object.fromEntries(wanted.flatMap((name) => (headers[name] ? [[name, headers[name]]] : [])));
      resolve({ data: request.postData() ?? "", headers: kept });
      await route.abort();
    });
  });
  await page.getByRole("button", { name: "Actions for the current key" }).click();
  await page.getByRole("menuitem", { name: "Rotate" }).click();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /rotate/i })
    .click();
  return caught;
}

async function readKids(
  server: SignetServer,
  admin: string,
): Promise<{ current: string; next: string; previous: number }> {
  const { body } = await callApi(server.url, admin, { path: "signing-key" });
  return {
    current: String(body.current_kid),
    next: String(body.next_kid),
    previous: (body.prev_keys as unknown[]).length,
  };
}

for (const provider of ["sqlite", "postgresql"] as const) {
  test(`R1: 50 rotates at once through the API and the portal make one rotation (${provider})`, async ({
    page,
    context,
    consoleErrors,
  }) => {
    const postgres = provider === "postgresql" ? await startPostgresServer() : null;
    const server = await startSignetServer(postgres ? { databaseUrl: postgres.url } : {});
    try {
      const admin = server.command("token", "create", "--org", ORGANIZATION, "--permissions", "certificates.manage");
      await signIn(page, server, OWNER, portalPath("signing-keys"));
      const before = await readKids(server, admin);
      const { data, headers } = await catchClick(page);
      const outcomes = await Promise.all([
        ...Array.from({ length: EACH }, async () => {
          const url = `${server.url}${portalPath("signing-keys")}`;
          const response = await context.request.post(url, { data, headers: { ...headers, origin: server.url } });
          const text = await response.text();
          if (text.includes("key.already_rotated")) return "lost";
          return text.includes('"ok":true') ? "rotated" : text;
        }),
        ...Array.from({ length: EACH }, async () => {
          const body = { expected_current_kid: before.current };
          const answer = await callApi(server.url, admin, { method: "POST", path: "signing-key/rotate", body });
          if (answer.status === 409 && answer.body.code === "key.already_rotated") return "lost";
          return answer.status === 200 ? "rotated" : answer.text;
        }),
      ]);
      expect(outcomes.filter((outcome) => outcome === "rotated")).toHaveLength(1);
      expect(outcomes.filter((outcome) => outcome === "lost")).toHaveLength(2 * EACH - 1);
      const after = await readKids(server, admin);
      expect(after).toMatchObject({ current: before.next, previous: before.previous + 1 });
      // The one click of this page was taken away from it on purpose.
      consoleErrors.length = 0;
    } finally {
      await server.stop();
      await postgres?.stop();
    }
  });
}
