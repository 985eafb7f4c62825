import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { beforeAll, expect, it } from "vitest";
import { listApplications } from "#lib/applications/service.ts";
import { systemActor } from "#lib/auth/actor.ts";
import { countExpiring, listCertificates } from "#lib/certificates/service.ts";
import { getSigningKeyStatus } from "#lib/keys/service.ts";
import { describeOnEveryDatabase } from "../support/database.ts";

const OWNER = { SIGNET_ADMIN_EMAIL: "owner@acme.example", SIGNET_ADMIN_PASSWORD: "correct-horse-battery" };
const actor = systemActor("acme-corp", "test");

async function seed(): Promise<void> {
  const words = ["--conditions=react-server", "--import", "tsx", "prisma/seed.ts"];
  await promisify(execFile)(process.execPath, words, { env: { ...process.env, ...OWNER } });
}

describeOnEveryDatabase("the demo data", () => {
  beforeAll(seed, 120_000);

  it("has certificates that sign for applications, one of them near its end, for the list, the badge and the banner", async () => {
    const { data } = await listCertificates(actor, { limit: 10, sort: "name", state: "live" });
    expect(
      data.map(({ name, expiry_state, used_by }) => [name, expiry_state, used_by.map((user) => user.name)]),
    ).toEqual([
      ["Inventory tokens", "expiring", ["Inventory Sync"]],
      ["Salesforce single sign-on", "ok", ["Salesforce"]],
    ]);
    expect(await countExpiring(actor)).toMatchObject({ expiring: 1, expired: 0 });
  });

  it("has a key of before, sessions, and SAML applications on the default certificate", async () => {
    const status = await getSigningKeyStatus(actor);
    expect(status).toMatchObject({ has_prev_key: true, saml_apps_using_default_cert: 2 });
    expect(status.active_sessions).toBeGreaterThan(0);
  });

  it("is made once", async () => {
    await seed();
    expect((await listApplications(actor, { limit: 50 })).data).toHaveLength(8);
    expect((await listCertificates(actor, { limit: 10, sort: "name", state: "live" })).data).toHaveLength(2);
  });
});
