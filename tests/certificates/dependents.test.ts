import { beforeAll, expect, it } from "vitest";
import type { Actor } from "#lib/auth/actor.ts";
import { assignCertificate } from "#lib/certificates/assignment.ts";
import { deleteCertificate } from "#lib/certificates/deletion.ts";
import { getCertificate } from "#lib/certificates/service.ts";
import { database } from "#lib/db/client.ts";
import { listSessions, revokeSessions } from "#lib/sessions/service.ts";
import { createTestCertificate } from "../support/certificates.ts";
import { createTestOrganization, describeOnEveryDatabase } from "../support/database.ts";
import { createTestClient, issueTestToken } from "../support/oidc-client.ts";

const NOTHING = { active_sessions: 0, dependent_applications: [] };

describeOnEveryDatabase("what still depends on the key of a certificate", () => {
  let owner: Actor;

  beforeAll(async () => {
    owner = await createTestOrganization("acme-corp");
  });

  it("is nothing before the first token, and then each application with its sessions and its latest expiry", async () => {
    const { id, keyPairId, kid } = await createTestCertificate("acme-corp", "p256", { name: "Shared" });
    const billing = await createTestClient(owner, { name: "Billing", signing_cert_id: id, token_expiry_secs: 600 });
    const wiki = await createTestClient(owner, { name: "Wiki", signing_cert_id: id, token_expiry_secs: 1200 });
    const other = await createTestClient(owner, { name: "Other" });
    expect(await getCertificate(owner, id)).toMatchObject(NOTHING);
    for (const client of [wiki, billing, other]) await issueTestToken(client);
    const ends = await database().sessionKey.findMany({ where: { keyPairId }, orderBy: { expiresAt: "asc" } });
    const [first, second] = ends.map(({ expiresAt }) => expiresAt.toISOString());
    const dependents = {
      active_sessions: 2,
      dependent_applications: [
        { id: billing.id, name: "Billing", active_sessions: 1, expires_at: first },
        { id: wiki.id, name: "Wiki", active_sessions: 1, expires_at: second },
      ],
    };
    expect(await getCertificate(owner, id)).toMatchObject(dependents);
    // The same as the list of sessions shows, where the page leads.
    const listed = await listSessions(owner, { limit: 50, kid });
    expect(listed.data.map(({ application }) => application.name).sort()).toEqual(["Billing", "Wiki"]);
    // The application that moved on depends on it for as long as its tokens live, and a deletion would tell so.
    await assignCertificate(owner, { application_id: billing.id, signing_cert_id: null });
    const dryRun = await deleteCertificate(owner, { id, dry_run: true, reassign: "default" });
    expect(dryRun).toMatchObject({ ...dependents, applications: [{ id: wiki.id, name: "Wiki", protocol: "oidc" }] });
    const afterTheFirst = new Date(Date.parse(first ?? "") + 1);
    expect(await getCertificate(owner, id, afterTheFirst)).toMatchObject({
      active_sessions: 1,
      dependent_applications: [{ name: "Wiki" }],
    });
    await revokeSessions(owner, { application_id: wiki.id });
    expect(await getCertificate(owner, id)).toMatchObject({
      active_sessions: 1,
      dependent_applications: [{ name: "Billing" }],
    });
  });

  it("goes with the key: a renewal shows the tokens of the one before it, and a forced deletion leaves none", async () => {
    const old = await createTestCertificate("acme-corp", "p384", { name: "old" });
    const client = await createTestClient(owner, { name: "Payroll", signing_cert_id: old.id });
    await issueTestToken(client);
    const renewed = await createTestCertificate("acme-corp", "p384", { name: "renewed" });
    await assignCertificate(owner, { application_id: client.id, signing_cert_id: renewed.id });
    await deleteCertificate(owner, { id: old.id });
    const dependent = { active_sessions: 1, dependent_applications: [{ id: client.id, name: "Payroll" }] };
    for (const { id } of [old, renewed]) expect(await getCertificate(owner, id)).toMatchObject(dependent);
    const done = await deleteCertificate(owner, { id: renewed.id, force: true, reassign: "default" });
    expect(done).toMatchObject(dependent);
    for (const { id } of [old, renewed]) expect(await getCertificate(owner, id)).toMatchObject(NOTHING);
    expect((await listSessions(owner, { limit: 50, kid: renewed.kid })).data).toEqual([]);
    // The machine client goes on with the organization's key, in a session that is alive.
    await issueTestToken(client);
    expect((await listSessions(owner, { limit: 50, application_id: client.id })).data).toHaveLength(1);
  });

  it("J5: another organization with the same key sees nothing of it", async () => {
    const { id } = await createTestCertificate("acme-corp", "rsa2048", { name: "Ours" });
    const client = await createTestClient(owner, { name: "Ours only", signing_cert_id: id });
    await issueTestToken(client);
    const stranger = await createTestOrganization("globex");
    const theirs = await createTestCertificate("globex", "rsa2048", { name: "Theirs" });
    expect(await getCertificate(stranger, theirs.id)).toMatchObject(NOTHING);
    expect(await getCertificate(owner, id)).toMatchObject({ active_sessions: 1 });
  });
});
