import { beforeAll, expect, it } from "vitest";
import { createApplication, getApplication, updateApplication } from "#lib/applications/service.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { assignCertificate } from "#lib/certificates/assignment.ts";
import { deleteCertificate } from "#lib/certificates/deletion.ts";
import { database } from "#lib/db/client.ts";
import { getTokenSigner } from "#lib/keys/signing.ts";
import { createTestCertificate, type TestCertificate } from "../support/certificates.ts";
import { createTestMember, createTestOrganization, describeOnEveryDatabase } from "../support/database.ts";
import { createTestClient, fetchKeys, issueTestToken, verifyTestToken } from "../support/oidc-client.ts";

const FORCED = { force: true, reassign: "default" } as const;

describeOnEveryDatabase("deleting a certificate", () => {
  let owner: Actor;
  let stranger: Actor;

  beforeAll(async () => {
    owner = await createTestOrganization("acme-corp");
    stranger = await createTestOrganization("globex");
  });

  async function state({ id, keyPairId }: TestCertificate): Promise<{ isDeleted: boolean; isDestroyed: boolean }> {
    const row = await database().certificate.findUniqueOrThrow({ where: { id } });
    const pair = await database().keyPair.findUniqueOrThrow({ where: { id: keyPairId } });
    return { isDeleted: row.deletedAt !== null, isDestroyed: pair.sealedPrivateKey === null };
  }

  it("is refused while applications use it, with their list; moving them all to the default goes in the same call", async () => {
    const certificate = await createTestCertificate("acme-corp", "p256", { name: "Used" });
    const client = await createTestClient(owner, { name: "Billing", signing_cert_id: certificate.id });
    const urls = { entity_id: "https://wiki.example", acs_urls: ["https://wiki.example/acs"] };
    const saml = { protocol: "saml", name: "Wiki", ...urls, signing_cert_id: certificate.id } as const;
    const { id: wikiId } = await createApplication(owner, { ...saml, acs_urls: [...urls.acs_urls] });
    for (const force of [false, true]) {
      await expect(deleteCertificate(owner, { id: certificate.id, force })).rejects.toMatchObject({
        code: "certificate.in_use",
        details: {
          applications: [
            { id: client.id, name: "Billing", protocol: "oidc" },
            { id: wikiId, name: "Wiki", protocol: "saml" },
          ],
        },
      });
    }
    expect(await state(certificate)).toEqual({ isDeleted: false, isDestroyed: false });
    // It never signed a token, so there is nothing to wait for.
    const done = await deleteCertificate(owner, { id: certificate.id, reassign: "default" });
    expect(done).toMatchObject({ dry_run: false, would_succeed: true, refusal: null, private_key_destroyed: true });
    expect(await state(certificate)).toEqual({ isDeleted: true, isDestroyed: true });
    for (const id of [client.id, wikiId]) {
      expect(await getApplication(owner, id)).toMatchObject({
        signing_cert_id: null,
        signs_with: { kind: "signing_key" },
      });
    }
    const moved = await database().auditEvent.findMany({ where: { targetId: { in: [client.id, wikiId] }, kid: null } });
    expect(moved.filter(({ action }) => action === "application.certificate_assigned")).toHaveLength(2);
    await expect(deleteCertificate(owner, { id: certificate.id })).rejects.toMatchObject({
      code: "certificate.not_found",
    });
  });

  it("is refused while a token that it signed may be valid, and by the rule of section 3 also a while longer", async () => {
    const certificate = await createTestCertificate("acme-corp", "p384");
    const client = await createTestClient(owner, { signing_cert_id: certificate.id, token_expiry_secs: 1200 });
    await issueTestToken(client);
    const now = new Date();
    await assignCertificate(owner, { application_id: client.id, signing_cert_id: null }, now);
    const refused = { code: "certificate.not_safe_to_delete" };
    await expect(deleteCertificate(owner, { id: certificate.id }, now)).rejects.toMatchObject({
      ...refused,
      details: { active_sessions: 1, seconds_until_safe: expect.any(Number) },
    });
    const { signedUntil } = await database().keyPair.findUniqueOrThrow({ where: { id: certificate.keyPairId } });
    const horizon = signedUntil?.getTime() ?? 0;
    const dryRun = await deleteCertificate(owner, { id: certificate.id, dry_run: true }, now);
    expect(dryRun).toMatchObject({ dry_run: true, would_succeed: false, safe_to_delete: false, active_sessions: 1 });
    expect(dryRun).toMatchObject({ refusal: refused, deleted_at: null, safe_at: new Date(horizon).toISOString() });
    // A shorter life of tokens does not turn the light green early, a longer one only later.
    await updateApplication(owner, { id: client.id, token_expiry_secs: 1 });
    const early = new Date(horizon - 1);
    await expect(deleteCertificate(owner, { id: certificate.id }, early)).rejects.toMatchObject({
      ...refused,
      details: { seconds_until_safe: 1 },
    });
    await updateApplication(owner, { id: client.id, token_expiry_secs: 86_400 });
    await expect(deleteCertificate(owner, { id: certificate.id }, new Date(horizon))).rejects.toMatchObject(refused);
    await updateApplication(owner, { id: client.id, token_expiry_secs: 600 });
    expect(await state(certificate)).toEqual({ isDeleted: false, isDestroyed: false });
    const done = await deleteCertificate(owner, { id: certificate.id }, new Date(horizon + 3_600_000));
    expect(done).toMatchObject({ safe_to_delete: true, private_key_destroyed: true });
    expect(await state(certificate)).toEqual({ isDeleted: true, isDestroyed: true });
  });

  it("with force its tokens fail at once, its key leaves the JWKS, and the row stays as history", async () => {
    const certificate = await createTestCertificate("acme-corp", "p521", { name: "Compromised" });
    const client = await createTestClient(owner, { signing_cert_id: certificate.id });
    const { token } = await issueTestToken(client);
    const reassigned = { id: certificate.id, reassign: "default" } as const;
    await expect(deleteCertificate(owner, reassigned)).rejects.toMatchObject({
      code: "certificate.not_safe_to_delete",
    });
    expect((await getApplication(owner, client.id)).signing_cert_id).toBe(certificate.id);
    await expect(verifyTestToken("acme-corp", token)).resolves.toBeDefined();
    await deleteCertificate(owner, { id: certificate.id, ...FORCED });
    expect((await fetchKeys("acme-corp")).map(({ kid }) => kid)).not.toContain(certificate.kid);
    await expect(verifyTestToken("acme-corp", token)).rejects.toMatchObject({ code: "auth.invalid_token" });
    expect((await issueTestToken(client)).alg).toBe("RS256");
    const event = await database().auditEvent.findFirst({ where: { targetId: certificate.id } });
    expect(event).toMatchObject({ action: "certificate.deleted", kid: certificate.kid, actorId: owner.id });
    expect(JSON.parse(event?.before ?? "")).toMatchObject({ applications: [client.id], active_sessions: 1 });
    expect(JSON.parse(event?.after ?? "")).toEqual({ forced: true, private_key_destroyed: true, reassigned: true });
  });

  it("whoever holds the signer of a deleted certificate gets a token of the organization's key instead", async () => {
    const certificate = await createTestCertificate("acme-corp", "rsa2048");
    const signer = await getTokenSigner("acme-corp", certificate.keyPairId);
    await deleteCertificate(owner, { id: certificate.id });
    const exp = Math.floor(Date.now() / 1000) + 600;
    const issuer = "http://localhost:3000/orgs/acme-corp";
    const token = await signer.sign({ typ: "at+jwt", claims: { iss: issuer, aud: issuer, iat: exp - 600, exp } });
    await expect(verifyTestToken("acme-corp", token)).resolves.toMatchObject({ exp });
    expect((await getTokenSigner("acme-corp", certificate.keyPairId)).kid).not.toBe(certificate.kid);
  });

  it("a signature between the look and the deletion is seen: either the token verifies or the organization's key made it", async () => {
    for (let round = 0; round < 8; round += 1) {
      const certificate = await createTestCertificate("acme-corp", "p256", { name: `race ${round}` });
      const client = await createTestClient(owner, { signing_cert_id: certificate.id });
      const [deletion, ...issued] = await Promise.allSettled([
        deleteCertificate(owner, { id: certificate.id, reassign: "default" }),
        ...Array.from({ length: 5 }, () => issueTestToken(client)),
      ]);
      for (const answer of issued) {
        if (answer.status === "rejected") throw answer.reason;
        await expect(verifyTestToken("acme-corp", answer.value.token)).resolves.toBeDefined();
        if (deletion.status === "fulfilled") expect(answer.value.kid).not.toBe(certificate.kid);
      }
      if (deletion.status === "rejected") {
        expect(deletion.reason).toMatchObject({ code: "certificate.not_safe_to_delete" });
        await deleteCertificate(owner, { id: certificate.id, ...FORCED });
      }
    }
  });

  it("the private half lives on while another live certificate shares it, and so do the tokens", async () => {
    const old = await createTestCertificate("acme-corp", "rsa3072", { name: "old" });
    const client = await createTestClient(owner, { signing_cert_id: old.id });
    const { token } = await issueTestToken(client);
    const renewed = await createTestCertificate("acme-corp", "rsa3072", { name: "renewed" });
    await assignCertificate(owner, { application_id: client.id, signing_cert_id: renewed.id });
    const done = await deleteCertificate(owner, { id: old.id });
    expect(done).toMatchObject({ private_key_destroyed: false, safe_to_delete: true });
    expect(await state(old)).toEqual({ isDeleted: true, isDestroyed: false });
    await expect(verifyTestToken("acme-corp", token)).resolves.toBeDefined();
    expect((await issueTestToken(client)).kid).toBe(old.kid);
    await deleteCertificate(owner, { id: renewed.id, ...FORCED });
    expect(await state(renewed)).toEqual({ isDeleted: true, isDestroyed: true });
    await expect(verifyTestToken("acme-corp", token)).rejects.toMatchObject({ code: "auth.invalid_token" });
  });

  it("a dry run tells everything and changes nothing", async () => {
    const certificate = await createTestCertificate("acme-corp", "p256", { name: "Dry" });
    const client = await createTestClient(owner, { name: "Dry client", signing_cert_id: certificate.id });
    const before = await database().auditEvent.count();
    const plain = await deleteCertificate(owner, { id: certificate.id, dry_run: true });
    expect(plain).toMatchObject({ would_succeed: false, refusal: { code: "certificate.in_use" } });
    expect(plain.applications).toEqual([{ id: client.id, name: "Dry client", protocol: "oidc" }]);
    const forced = await deleteCertificate(owner, { id: certificate.id, dry_run: true, ...FORCED });
    expect(forced).toMatchObject({ would_succeed: true, refusal: null, dry_run: true });
    expect(await state(certificate)).toEqual({ isDeleted: false, isDestroyed: false });
    expect(await database().auditEvent.count()).toBe(before);
  });

  it("J5: viewing is not enough, and a stranger's attempt answers like one at a missing certificate", async () => {
    const certificate = await createTestCertificate("acme-corp", "p384", { name: "Ours" });
    const auditor = await createTestMember("acme-corp", "auditor");
    const forbidden = { code: "auth.forbidden" };
    await expect(deleteCertificate(auditor, { id: certificate.id, ...FORCED })).rejects.toMatchObject(forbidden);
    for (const dry_run of [false, true]) {
      for (const id of [certificate.id, crypto.randomUUID()]) {
        await expect(deleteCertificate(stranger, { id, dry_run, ...FORCED })).rejects.toMatchObject({
          code: "certificate.not_found",
          message: "There is no such certificate.",
        });
      }
    }
    expect(await state(certificate)).toEqual({ isDeleted: false, isDestroyed: false });
  });
});
