import { beforeAll, expect, it } from "vitest";
import {
  createApplication,
  deleteApplication,
  findApplicationsOnDefaultCertificate,
  getApplication,
  updateApplication,
} from "#lib/applications/service.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { assignCertificate, listSelectableCertificates, moveAssignments } from "#lib/certificates/assignment.ts";
import { database } from "#lib/db/client.ts";
import { changeOrganization } from "#lib/db/transaction.ts";
import { getSigningKeyStatus, previewRotation } from "#lib/keys/service.ts";
import { createTestCertificate } from "../support/certificates.ts";
import { createTestMember, createTestOrganization, describeOnEveryDatabase } from "../support/database.ts";
import { createTestClient, fetchKeys, issueTestToken } from "../support/oidc-client.ts";

const PAST = new Date(Date.now() - 1000);

describeOnEveryDatabase("assigning certificates to applications", (fixture) => {
  let owner: Actor;
  let stranger: Actor;

  beforeAll(async () => {
    owner = await createTestOrganization("acme-corp");
    stranger = await createTestOrganization("globex");
  });

  async function events(targetId: string): Promise<Record<string, unknown>[]> {
    const rows = await database().auditEvent.findMany({ where: { targetId }, orderBy: { sequence: "asc" } });
    return rows.map(({ action, kid, before, after }) => ({
      action,
      kid,
      before: JSON.parse(before ?? "null"),
      after: JSON.parse(after ?? "null"),
    }));
  }

  it("J3, J6, J30: who may view certificates assigns one, the next token shows it, and the audit log keeps both sides", async () => {
    const { id: certificateId, kid } = await createTestCertificate("acme-corp", "p384", { name: "Billing" });
    const client = await createTestClient(owner);
    const auditor = await createTestMember("acme-corp", "auditor");
    const { current_kid } = await getSigningKeyStatus(owner);
    expect((await issueTestToken(client)).kid).toBe(current_kid);

    const view = await assignCertificate(auditor, { application_id: client.id, signing_cert_id: certificateId });
    expect(view).toMatchObject({
      signing_cert_id: certificateId,
      signing_certificate: { id: certificateId, name: "Billing", kid, algorithm: "ES384", expiry_state: "ok" },
      signs_with: { kind: "certificate", kid, algorithm: "ES384", fallback_reason: null },
    });
    expect(await issueTestToken(client)).toMatchObject({ kid, alg: "ES384" });

    await assignCertificate(auditor, { application_id: client.id, signing_cert_id: null });
    expect(await issueTestToken(client)).toMatchObject({ kid: current_kid, alg: "RS256" });
    await assignCertificate(auditor, { application_id: client.id, signing_cert_id: null });
    const none = { signing_cert_id: null, certificate_name: null, kid: null };
    const some = { signing_cert_id: certificateId, certificate_name: "Billing", kid };
    expect((await events(client.id)).slice(1)).toEqual([
      { action: "application.certificate_assigned", kid, before: none, after: some },
      { action: "application.certificate_assigned", kid: null, before: some, after: none },
    ]);
  });

  it("J31: a new application signs with the organization's key unless it is given a certificate, at once or by a change", async () => {
    const { id: signing_cert_id, kid } = await createTestCertificate("acme-corp", "p256");
    const created = await createTestClient(owner, { signing_cert_id });
    expect((await issueTestToken(created)).kid).toBe(kid);
    expect((await events(created.id)).map(({ action }) => action)).toEqual([
      "application.created",
      "application.certificate_assigned",
    ]);
    const changed = await createTestClient(owner);
    expect((await getApplication(owner, changed.id)).signs_with).toMatchObject({ kind: "signing_key" });
    await updateApplication(owner, { id: changed.id, signing_cert_id });
    expect((await issueTestToken(changed)).kid).toBe(kid);
    await updateApplication(owner, { id: changed.id, signing_cert_id, name: "Renamed" });
    await updateApplication(owner, { id: changed.id, signing_cert_id: null, name: "Renamed again" });
    expect((await events(changed.id)).map(({ action }) => action)).toEqual([
      "application.created",
      "application.certificate_assigned",
      "application.updated",
      "application.updated",
      "application.certificate_assigned",
    ]);
  });

  it("an expired, a deleted, a foreign and an unknown certificate are refused at the field, wherever they are given", async () => {
    const expired = await createTestCertificate("acme-corp", "p256", { notAfter: PAST });
    const deleted = await createTestCertificate("acme-corp", "p256");
    await database().certificate.update({ where: { id: deleted.id }, data: { deletedAt: new Date() } });
    const foreign = await createTestCertificate("globex", "p256");
    const client = await createTestClient(owner);
    for (const [id, code, fieldCode] of [
      [expired.id, "certificate.expired", "expired"],
      [deleted.id, "request.invalid", "not_found"],
      [foreign.id, "request.invalid", "not_found"],
      [crypto.randomUUID(), "request.invalid", "not_found"],
    ] as const) {
      const refused = { code, errors: [{ field: "signing_cert_id", code: fieldCode }] };
      const change = { application_id: client.id, signing_cert_id: id };
      await expect(assignCertificate(owner, change)).rejects.toMatchObject(refused);
      await expect(updateApplication(owner, { id: client.id, signing_cert_id: id })).rejects.toMatchObject(refused);
      await expect(createTestClient(owner, { signing_cert_id: id, name: "Never" })).rejects.toMatchObject(refused);
    }
    expect(await events(client.id)).toHaveLength(1);
    expect(await database().application.count({ where: { name: "Never" } })).toBe(0);
    expect((await getApplication(owner, client.id)).signing_cert_id).toBeNull();
  });

  it("a stranger gets the answer of a missing application, and who lacks certificates.view gets 403", async () => {
    const { id: signing_cert_id } = await createTestCertificate("acme-corp", "p256");
    const theirs = await createTestCertificate("globex", "p256");
    const client = await createTestClient(owner);
    const missing = { code: "application.not_found" };
    for (const application_id of [client.id, crypto.randomUUID(), "nul\0"]) {
      for (const id of [signing_cert_id, theirs.id, null]) {
        await expect(assignCertificate(stranger, { application_id, signing_cert_id: id })).rejects.toMatchObject(
          missing,
        );
      }
    }
    const nobody = { ...owner, permissions: new Set(["applications.manage"] as const) };
    const forbidden = { code: "auth.forbidden" };
    await expect(assignCertificate(nobody, { application_id: client.id, signing_cert_id })).rejects.toMatchObject(
      forbidden,
    );
    await expect(listSelectableCertificates(nobody)).rejects.toMatchObject(forbidden);
    await expect(updateApplication(nobody, { id: client.id, signing_cert_id })).rejects.toMatchObject(forbidden);
    await expect(createTestClient(nobody, { signing_cert_id, name: "Not theirs" })).rejects.toMatchObject(forbidden);
    expect(await database().application.count({ where: { name: "Not theirs" } })).toBe(0);
    await assignCertificate(owner, { application_id: client.id, signing_cert_id });
    await expect(updateApplication(nobody, { id: client.id, signing_cert_id: null })).rejects.toMatchObject(forbidden);
    await updateApplication(nobody, { id: client.id, signing_cert_id, name: "Renamed by nobody" });
    expect(await getApplication(owner, client.id)).toMatchObject({ signing_cert_id, name: "Renamed by nobody" });
    await assignCertificate(owner, { application_id: client.id, signing_cert_id: null });
    const viewer = await createTestMember("acme-corp", "security-admin");
    await expect(updateApplication(viewer, { id: client.id, signing_cert_id })).rejects.toMatchObject(forbidden);
    expect((await getApplication(owner, client.id)).signing_cert_id).toBeNull();
  });

  it("J30: the dropdown offers the default first, valid certificates by name, and expired ones last and not selectable", async () => {
    const admin = await createTestOrganization(`dropdown-${fixture.provider}`);
    const organizationId = admin.organizationId;
    await createTestCertificate(organizationId, "p256", { name: "beta" });
    await createTestCertificate(organizationId, "p384", { name: "Alpha" });
    const old = await createTestCertificate(organizationId, "p521", { name: "aged", notAfter: PAST });
    const { data, has_more } = await listSelectableCertificates(admin);
    expect(data.map(({ name, selectable }) => [name, selectable])).toEqual([
      ["Organization signing key (default)", true],
      ["Alpha", true],
      ["beta", true],
      ["aged", false],
    ]);
    expect(data[0]).toMatchObject({ id: null, algorithm: "RS256" });
    expect(has_more).toBe(false);
    const found = await listSelectableCertificates(admin, { search: "ALPH", selected: old.id });
    expect(found.data.map(({ name }) => name)).toEqual(["Organization signing key (default)", "aged", "Alpha"]);
  });

  it("J13, J19: only SAML applications without a valid certificate break at a rotation, and the dialog counts those", async () => {
    const admin = await createTestOrganization(`saml-${fixture.provider}`);
    const valid = await createTestCertificate(admin.organizationId, "p256");
    const soon = await createTestCertificate(admin.organizationId, "p384", { notAfter: new Date(Date.now() + 60_000) });
    const saml = async (host: string, signing_cert_id: string | null): Promise<void> => {
      const urls = { entity_id: `https://${host}.example`, acs_urls: [`https://${host}.example/acs`] };
      await createApplication(admin, { protocol: "saml", name: host, ...urls, signing_cert_id });
    };
    await saml("bare", null);
    await saml("covered", valid.id);
    await saml("ending", soon.id);
    expect((await getSigningKeyStatus(admin)).saml_apps_using_default_cert).toBe(1);
    expect((await previewRotation(admin, {})).saml_applications.map(({ name }) => name)).toEqual(["bare"]);
    const later = new Date(Date.now() + 61_000);
    const exposed = await findApplicationsOnDefaultCertificate(admin.organizationId, later);
    expect(exposed.map(({ name }) => name)).toEqual(["bare", "ending"]);
    const { data } = await listSelectableCertificates(admin, {}, later);
    expect(data.filter(({ selectable }) => !selectable).map(({ id }) => id)).toEqual([soon.id]);
    // Assertions end with their moment, so no JWKS has to hold the key.
    expect((await fetchKeys(admin.organizationId)).map(({ kid }) => kid)).not.toContain(valid.kid);
  });

  it("all assignments of a certificate move in the transaction that asks for it, or none does", async () => {
    const old = await createTestCertificate("acme-corp", "rsa2048", { name: "old" });
    const renewed = await createTestCertificate("acme-corp", "rsa2048", { name: "renewed" });
    const clients = [
      await createTestClient(owner, { name: "one", signing_cert_id: old.id }),
      await createTestClient(owner, { name: "two", signing_cert_id: old.id }),
    ];
    const move = (isUndone: boolean): Promise<unknown> =>
      changeOrganization("acme-corp", async (transaction) => {
        const ids = { from: old.id, to: renewed.id };
        const moved = await moveAssignments(owner, ids, new Date(), transaction);
        expect(moved.map(({ name }) => name)).toEqual(["one", "two"]);
        if (isUndone) throw new Error("undone");
      });
    await expect(move(true)).rejects.toThrow("undone");
    expect((await getApplication(owner, clients[0]?.id ?? "")).signing_cert_id).toBe(old.id);
    await move(false);
    for (const client of clients) {
      expect((await getApplication(owner, client.id)).signing_cert_id).toBe(renewed.id);
      expect((await issueTestToken(client)).kid).toBe(old.kid);
      expect((await events(client.id)).at(-1)).toMatchObject({ after: { certificate_name: "renewed" } });
    }
    // The same key pair goes on signing, so nobody stopped using it.
    expect(await database().keyPair.findFirst({ where: { id: old.keyPairId } })).toMatchObject({ unassignedAt: null });
  });

  it("deleting an application leaves its certificate's key published until its last token has expired", async () => {
    const { id: signing_cert_id, kid } = await createTestCertificate("acme-corp", "rsa3072");
    const client = await createTestClient(owner, { signing_cert_id });
    await issueTestToken(client);
    await deleteApplication(owner, { id: client.id });
    expect((await fetchKeys("acme-corp")).map((key) => key.kid)).toContain(kid);
  });
});
