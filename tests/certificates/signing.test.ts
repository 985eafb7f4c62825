import { X509Certificate } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { calculateJwkThumbprint, decodeJwt } from "jose";
import { beforeAll, expect, it } from "vitest";
import { getApplication, updateApplication } from "#lib/applications/service.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { assignCertificate } from "#lib/certificates/assignment.ts";
import { announceOrganizationChanged } from "#lib/db/changes.ts";
import { database } from "#lib/db/client.ts";
import { getSigningKeyStatus, rotateSigningKey } from "#lib/keys/service.ts";
import { getTokenSigner } from "#lib/keys/signing.ts";
import { summarizeActiveSessions } from "#lib/sessions/service.ts";
import { createTestCertificate } from "../support/certificates.ts";
import { createTestOrganization, describeOnEveryDatabase } from "../support/database.ts";
import {
  askForToken,
  createTestClient,
  fetchAlgorithms,
  fetchKeys,
  issueTestToken,
  type TestClient,
  verifyTestToken,
} from "../support/oidc-client.ts";

const PRIVATE_MEMBERS = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

describeOnEveryDatabase("signing with the key of a certificate", (fixture) => {
  let owner: Actor;

  beforeAll(async () => {
    owner = await createTestOrganization("acme-corp");
  });

  function assign(
    client: TestClient,
    signing_cert_id: string | null,
    actor = owner,
  ): ReturnType<typeof assignCertificate> {
    return assignCertificate(actor, { application_id: client.id, signing_cert_id });
  }

  async function pairOf(id: string): Promise<{ signedUntil: Date | null; unassignedAt: Date | null }> {
    return database().keyPair.findUniqueOrThrow({ where: { id } });
  }

  /** Every pair of the organization as if its tokens had ended in so many milliseconds. */
  async function endIn(milliseconds: number, keyPairId: string): Promise<void> {
    const data = { signedUntil: new Date(Date.now() + milliseconds), unassignedAt: new Date(Date.now() - 3_600_000) };
    await database().keyPair.update({ where: { id: keyPairId }, data });
    await announceOrganizationChanged("acme-corp");
  }

  it.each([
    ["rsa2048", "RS256"],
    ["p256", "ES256"],
    ["p384", "ES384"],
    ["p521", "ES512"],
  ] as const)(
    "L3, J7: a key %s signs with %s, published with x5c and x5t#S256 before its first token",
    async (key, alg) => {
      const certificate = await createTestCertificate("acme-corp", key);
      const client = await createTestClient(owner);
      expect((await fetchKeys("acme-corp")).map(({ kid }) => kid)).not.toContain(certificate.kid);
      await assign(client, certificate.id);
      const published = (await fetchKeys("acme-corp")).find(({ kid }) => kid === certificate.kid);
      expect(published).toMatchObject({ use: "sig", alg });
      expect((await pairOf(certificate.keyPairId)).signedUntil).toBeNull();
      const leaf = new X509Certificate(Buffer.from(published?.x5c?.[0] ?? "", "base64"));
      expect(leaf.raw.equals(new X509Certificate(certificate.pem).raw)).toBe(true);
      const { kty, ...key_ } = leaf.publicKey.export({ format: "jwk" }) as Record<string, string>;
      expect(published).toMatchObject({ kty, ...key_ });
      expect(published?.["x5t#S256"]).toBe(
        Buffer.from(leaf.fingerprint256.replaceAll(":", ""), "hex").toString("base64url"),
      );
      expect(await calculateJwkThumbprint(published as never)).toBe(certificate.kid);
      expect(Object.keys(published ?? {}).filter((name) => PRIVATE_MEMBERS.includes(name))).toEqual([]);
      expect(await fetchAlgorithms("acme-corp")).toContain(alg);

      const { token, ...header } = await issueTestToken(client);
      expect(header).toEqual({ kid: certificate.kid, alg });
      await expect(verifyTestToken("acme-corp", token)).resolves.toMatchObject({ sub: client.clientId });
    },
  );

  it("no kid stands in the JWKS twice, also with several applications and certificates over one key pair", async () => {
    const first = await createTestCertificate("acme-corp", "p256", { name: "first" });
    const lasting = new Date(Date.now() + 900 * 86_400_000);
    const second = await createTestCertificate("acme-corp", "p256", { name: "second", notAfter: lasting });
    await createTestClient(owner, { signing_cert_id: first.id });
    await createTestClient(owner, { signing_cert_id: first.id });
    const shown = (await fetchKeys("acme-corp")).filter(({ kid }) => kid === first.kid);
    expect(shown).toHaveLength(1);
    await createTestClient(owner, { signing_cert_id: second.id });
    const kids = (await fetchKeys("acme-corp")).map(({ kid }) => kid);
    expect(new Set(kids).size).toBe(kids.length);
    const [entry] = (await fetchKeys("acme-corp")).filter(({ kid }) => kid === first.kid);
    expect(entry?.x5c).toEqual([new X509Certificate(second.pem).raw.toString("base64")]);
  });

  it("J14, J15: the horizon lies on the certificate's key pair, and the session is counted there", async () => {
    const admin = await createTestOrganization(`horizon-${fixture.provider}`);
    const { organizationId } = admin;
    const certificate = await createTestCertificate(organizationId, "p384");
    const client = await createTestClient(admin, { signing_cert_id: certificate.id, token_expiry_secs: 7200 });
    const { token } = await issueTestToken(client);
    const end = (decodeJwt(token).exp ?? 0) * 1000;
    const { signedUntil } = await pairOf(certificate.keyPairId);
    expect(signedUntil?.getTime()).toBeGreaterThanOrEqual(end);
    const current = await getTokenSigner(organizationId);
    expect((await pairOf(current.keyPairId)).signedUntil).toBeNull();
    const { byKeyPair, total } = await summarizeActiveSessions(organizationId, new Date());
    expect(total).toBe(1);
    expect([...byKeyPair.keys()]).toEqual([certificate.keyPairId]);
    const status = await getSigningKeyStatus(admin);
    expect(status).toMatchObject({ max_token_expiry_secs: 7200, active_sessions: 1 });
    expect(status.current_key.active_sessions).toBe(0);
    for (let index = 0; index < 20; index += 1) await issueTestToken(client);
    // One write a minute: the horizon stands where the first token put it.
    expect((await pairOf(certificate.keyPairId)).signedUntil).toEqual(signedUntil);
  });

  it("J31: in the very second of its end a certificate stops signing, out of caches that nobody told", async () => {
    const notAfter = new Date(Math.ceil(Date.now() / 1000) * 1000 + 1000);
    const certificate = await createTestCertificate("acme-corp", "p521", { name: "Ending", notAfter });
    const client = await createTestClient(owner, { signing_cert_id: certificate.id });
    const { current_kid } = await getSigningKeyStatus(owner);
    const seen = new Set<string>();
    let before = "";
    while (Date.now() < notAfter.getTime() + 300) {
      const { token, kid } = await issueTestToken(client);
      if (kid === certificate.kid) before = token;
      const { iat = 0 } = decodeJwt(token);
      expect(kid, `issued ${iat}`).toBe(iat * 1000 >= notAfter.getTime() ? current_kid : certificate.kid);
      seen.add(kid);
    }
    expect(seen).toEqual(new Set([certificate.kid, current_kid]));
    expect(await getApplication(owner, client.id)).toMatchObject({
      signing_cert_id: certificate.id,
      signing_certificate: { name: "Ending", expiry_state: "expired" },
      signs_with: { kind: "signing_key", kid: current_kid, algorithm: "RS256", fallback_reason: "certificate_expired" },
    });
    // What it signed in time goes on verifying (K3).
    await expect(verifyTestToken("acme-corp", before)).resolves.toBeDefined();
    expect((await fetchKeys("acme-corp")).map(({ kid }) => kid)).toContain(certificate.kid);
  });

  it("a certificate that is not valid yet does not sign, and says so", async () => {
    const notBefore = new Date(Date.now() + 3_600_000);
    const { id, kid } = await createTestCertificate("acme-corp", "p384", { notBefore });
    const client = await createTestClient(owner, { signing_cert_id: id });
    expect((await issueTestToken(client)).kid).not.toBe(kid);
    expect((await getApplication(owner, client.id)).signs_with).toMatchObject({
      kind: "signing_key",
      fallback_reason: "certificate_not_yet_valid",
    });
  });

  it("after reassigning, old and new tokens verify, and a rotation of the signing key does not touch either", async () => {
    const one = await createTestCertificate("acme-corp", "p384", { name: "one" });
    const other = await createTestCertificate("acme-corp", "rsa3072", { name: "other" });
    const client = await createTestClient(owner, { signing_cert_id: one.id });
    const tokens = [(await issueTestToken(client)).token];
    await assign(client, other.id);
    tokens.push((await issueTestToken(client)).token);
    await rotateSigningKey(owner, { override_reason: "test" });
    const last = await issueTestToken(client);
    expect(last.kid).toBe(other.kid);
    await assign(client, null);
    tokens.push(last.token, (await issueTestToken(client)).token);
    for (const token of tokens) await expect(verifyTestToken("acme-corp", token)).resolves.toBeDefined();
  });

  it("an unassigned key stays published until its last token has ended, and then leaves the cached body by itself", async () => {
    const certificate = await createTestCertificate("acme-corp", "rsa3072");
    const client = await createTestClient(owner, { signing_cert_id: certificate.id });
    const { token } = await issueTestToken(client);
    await assign(client, null);
    expect((await pairOf(certificate.keyPairId)).unassignedAt).not.toBeNull();
    const isPublished = async (): Promise<boolean> =>
      (await fetchKeys("acme-corp")).some(({ kid }) => kid === certificate.kid);
    expect(await isPublished()).toBe(true);
    await updateApplication(owner, { id: client.id, token_expiry_secs: 1 });
    expect(await isPublished()).toBe(true);
    await endIn(1500, certificate.keyPairId);
    expect(await isPublished()).toBe(true);
    await expect(verifyTestToken("acme-corp", token)).resolves.toBeDefined();
    await setTimeout(1600);
    expect(await isPublished()).toBe(false);
    await expect(verifyTestToken("acme-corp", token)).rejects.toMatchObject({ code: "auth.invalid_token" });
  });

  it("a process that signed with it a moment later keeps the key published, although nobody announces that", async () => {
    const certificate = await createTestCertificate("acme-corp", "p521", { name: "late" });
    const client = await createTestClient(owner, { signing_cert_id: certificate.id });
    const straggler = await getTokenSigner("acme-corp", certificate.keyPairId);
    await assign(client, null);
    await endIn(1000, certificate.keyPairId);
    expect((await fetchKeys("acme-corp")).map(({ kid }) => kid)).toContain(certificate.kid);
    const exp = Math.floor(Date.now() / 1000) + 600;
    await straggler.sign({ typ: "at+jwt", claims: { exp } });
    await setTimeout(1200);
    expect((await fetchKeys("acme-corp")).map(({ kid }) => kid)).toContain(certificate.kid);
  });

  it("the discovery document names the algorithms of what is published, and forgets those that left", async () => {
    const admin = await createTestOrganization(`named-${fixture.provider}`);
    const { organizationId } = admin;
    const certificate = await createTestCertificate(organizationId, "p384");
    expect(await fetchAlgorithms(organizationId)).toEqual(["RS256"]);
    const client = await createTestClient(admin, { signing_cert_id: certificate.id });
    expect(await fetchAlgorithms(organizationId)).toEqual(["ES384", "RS256"]);
    await assign(client, null, admin);
    const data = { unassignedAt: new Date(Date.now() - 59_000) };
    await database().keyPair.update({ where: { id: certificate.keyPairId }, data });
    await announceOrganizationChanged(organizationId);
    expect(await fetchAlgorithms(organizationId)).toEqual(["ES384", "RS256"]);
    await setTimeout(1200);
    expect(await fetchAlgorithms(organizationId)).toEqual(["RS256"]);
  });

  it("two organizations that uploaded one pair sign and publish it each for itself", async () => {
    const admins = [
      await createTestOrganization(`left-${fixture.provider}`),
      await createTestOrganization(`right-${fixture.provider}`),
    ];
    const [left, right] = admins;
    if (!left || !right) throw new Error("no organizations");
    const ours = await createTestCertificate(left.organizationId, "p384");
    const theirs = await createTestCertificate(right.organizationId, "p384");
    const client = await createTestClient(left, { signing_cert_id: ours.id });
    const { token } = await issueTestToken(client);
    expect(ours.keyPairId).not.toBe(theirs.keyPairId);
    expect((await fetchKeys(right.organizationId)).map(({ kid }) => kid)).not.toContain(theirs.kid);
    await expect(verifyTestToken(right.organizationId, token)).rejects.toMatchObject({ code: "auth.invalid_token" });
    // Not even by the id of the other one's key pair.
    const { keyPairId } = await getTokenSigner(left.organizationId, theirs.keyPairId);
    expect(keyPairId).toBe((await getTokenSigner(left.organizationId)).keyPairId);
  });

  it("E2: a sealed key copied from another row or organization does not open, signs nothing, and disturbs no other key", async () => {
    const admin = await createTestOrganization(`sealed-${fixture.provider}`);
    const { organizationId } = admin;
    const rows = [
      await createTestCertificate(organizationId, "p384", { name: "victim" }),
      await createTestCertificate(organizationId, "p256", { name: "healthy" }),
    ];
    const [victim, healthy] = rows;
    if (!victim || !healthy) throw new Error("no certificates");
    const foreign = await createTestCertificate("acme-corp", "p384", { name: "foreign" });
    const client = await createTestClient(admin, { signing_cert_id: victim.id });
    const unharmed = await createTestClient(admin, { signing_cert_id: healthy.id });
    for (const source of [healthy.keyPairId, foreign.keyPairId]) {
      const { sealedPrivateKey } = await database().keyPair.findUniqueOrThrow({ where: { id: source } });
      await database().keyPair.update({ where: { id: victim.keyPairId }, data: { sealedPrivateKey } });
      await announceOrganizationChanged(organizationId);
      await expect(askForToken(client)).rejects.toMatchObject({ code: "seal.unreadable" });
      expect((await issueTestToken(unharmed)).kid).toBe(healthy.kid);
    }
    const failed = await database().auditEvent.findMany({ where: { organizationId, action: "key.unreadable" } });
    expect(failed).toMatchObject([{ kid: victim.kid, outcome: "failed" }]);
  });
});
