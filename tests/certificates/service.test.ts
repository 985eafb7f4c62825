import { X509Certificate } from "node:crypto";
import { beforeAll, expect, it } from "vitest";
import type { z } from "zod";
import type { Actor } from "#lib/auth/actor.ts";
import { generateCertificateSchema, listCertificatesSchema } from "#lib/certificates/schema.ts";
import {
  countExpiring,
  deleteCertificate,
  generateCertificate,
  getCertificate,
  getCertificateFile,
  listCertificates,
  previewUpload,
  renewCertificate,
  uploadCertificate,
} from "#lib/certificates/service.ts";
import type { CertificateView } from "#lib/certificates/view.ts";
import { database } from "#lib/db/client.ts";
import { checkInput } from "#lib/http/input.ts";
import { createTestMember, createTestOrganization, describeOnEveryDatabase } from "../support/database.ts";
import { newPair } from "../support/pairs.ts";

const DAY = 86_400_000;
const FAST = { key_algorithm: "ecdsa-p256" } as const;

type Given = z.input<typeof generateCertificateSchema>;

function generate(actor: Actor, given: Given, now?: Date): Promise<CertificateView> {
  return generateCertificate(actor, checkInput(generateCertificateSchema, given), now);
}

async function upload(actor: Actor, pair: Record<string, string>, now?: Date): Promise<CertificateView> {
  const { name = "", private_key_pem = "", certificate_pem = "" } = pair;
  return uploadCertificate(actor, { name, private_key_pem, certificate_pem }, now);
}

async function lastEvent(organizationId: string) {
  return database().auditEvent.findFirst({ where: { organizationId }, orderBy: { sequence: "desc" } });
}

describeOnEveryDatabase("managed certificates", () => {
  let owner: Actor;
  let stranger: Actor;
  beforeAll(async () => {
    owner = await createTestOrganization("acme");
    stranger = await createTestOrganization("globex");
  });

  it("J21, J22, J24, J25: name is required; common name, names, validity and algorithm have their defaults", async () => {
    expect(() => checkInput(generateCertificateSchema, {})).toThrow(
      expect.objectContaining({ code: "request.invalid" }),
    );
    expect(checkInput(generateCertificateSchema, { name: "Payroll" })).toEqual({
      name: "Payroll",
      subject_alt_names: [],
      validity_days: 365,
      key_algorithm: "rsa4096",
    });
    const now = new Date();
    const made = await generate(owner, { name: "Payroll", ...FAST }, now);
    expect(made).toMatchObject({ name: "Payroll", common_name: "Payroll", subject: "CN=Payroll", source: "generated" });
    const life = Date.parse(made.expires_at) - now.getTime();
    expect(Math.round(life / DAY)).toBe(365);
    expect(made).toMatchObject({
      expiry_state: "ok",
      used_by: [],
      warnings: [],
      can_renew: true,
      key_usage: ["digitalSignature"],
    });
  });

  it("J23, J25: comma-separated DNS names, IDN as punycode, with each algorithm on offer", async () => {
    for (const algorithm of ["rsa2048", "rsa3072", "rsa4096", "ecdsa-p256", "ecdsa-p384"] as const) {
      const names = "sso.example.com, *.bücher.example,sso.example.com,, EXAMPLE.org.";
      const made = await generate(owner, { name: algorithm, key_algorithm: algorithm, subject_alt_names: names });
      expect(made.key_algorithm).toBe(algorithm);
      expect(made.subject_alt_names).toEqual(["DNS:sso.example.com", "DNS:*.xn--bcher-kva.example", "DNS:example.org"]);
      expect(new X509Certificate(made.cert_pem).subjectAltName).toBe(made.subject_alt_names.join(", "));
    }
  }, 60_000);

  it.each([
    ["subject_alt_names", { subject_alt_names: "a..b" }],
    ["subject_alt_names", { subject_alt_names: ["192.0.2.1"] }],
    ["subject_alt_names", { subject_alt_names: "ok.example, not a name" }],
    ["subject_alt_names", { subject_alt_names: "user@example.com" }],
    ["subject_alt_names", { subject_alt_names: "*.*.example" }],
    ["subject_alt_names", { subject_alt_names: `${"a".repeat(64)}.example` }],
    ["common_name", { common_name: "x".repeat(65) }],
    ["common_name", { name: "🔑".repeat(65) }],
    ["name", { name: "evil \u202E name" }],
    ["name", { name: "NUL \0" }],
    ["validity_days", { validity_days: 0 }],
    ["validity_days", { validity_days: 3651 }],
    ["key_algorithm", { key_algorithm: "rsa1024" }],
  ])("a generated certificate is refused at the field %s: %j", async (field, given) => {
    const attempt = (async () => generate(owner, { name: "Bad", ...FAST, ...given } as Given))();
    await expect(attempt).rejects.toMatchObject({ code: "request.invalid", errors: [{ field }] });
  });

  it("J3, J26, J27, J28, J29: an uploaded pair is stored sealed, and its private key is never shown", async () => {
    const pair = await newPair("Uploaded");
    const preview = await previewUpload(owner, {
      private_key_pem: pair.private_key_pem ?? "",
      certificate_pem: pair.certificate_pem ?? "",
    });
    const stored = await upload(owner, pair);
    expect(stored).toMatchObject({
      name: "Uploaded",
      source: "uploaded",
      key_algorithm: "ecdsa-p256",
      signing_algorithm: "ES256",
    });
    expect(stored).toMatchObject(preview);
    expect(stored.cert_pem).toBe(pair.certificate_pem);
    const secret = Buffer.from((pair.private_key_pem ?? "").split("\n").slice(1, -2).join(""), "base64").subarray(
      36,
      68,
    );
    const rows = JSON.stringify([
      await database().certificate.findMany(),
      await database().keyPair.findMany(),
      await database().auditEvent.findMany(),
      stored,
    ]);
    for (const text of ["PRIVATE KEY", secret.toString("base64url"), secret.toString("hex")])
      expect(rows).not.toContain(text);
    const keyPair = await database().keyPair.findFirst({ where: { organizationId: "acme", kid: stored.kid } });
    expect(keyPair?.sealedPrivateKey).toMatch(/^signet:v1:/);
    expect(await lastEvent("acme")).toMatchObject({
      action: "certificate.uploaded",
      kid: stored.kid,
      targetId: stored.id,
    });
  });

  it("U2: the same certificate twice is a duplicate; after a deletion it may come back, with its key", async () => {
    const pair = await newPair("Twice");
    const first = await upload(owner, pair);
    await expect(upload(owner, pair)).rejects.toMatchObject({
      code: "certificate.duplicate",
      details: { certificate_id: first.id },
    });
    expect((await upload(stranger, pair)).kid).toBe(first.kid);
    await deleteCertificate(owner, { id: first.id });
    expect((await getCertificate(owner, first.id)).deleted_at).not.toBeNull();
    const keys = () => database().keyPair.findMany({ where: { organizationId: "acme", kid: first.kid } });
    expect((await keys()).map((row) => row.sealedPrivateKey)).toEqual([null]);
    const again = await upload(owner, pair);
    expect(again.id).not.toBe(first.id);
    expect((await keys()).map((row) => row.sealedPrivateKey)).toEqual([expect.stringMatching(/^signet:/)]);
    await expect(renewCertificate(owner, { id: first.id, validity_days: 1 })).rejects.toMatchObject({
      code: "certificate.deleted",
    });
  });

  it("U2: of two uploads of one pair at the same time one is stored", async () => {
    const pair = await newPair("Race");
    const results = await Promise.allSettled([1, 2, 3, 4].map(() => upload(owner, pair)));
    const refused = results.filter((result) => result.status === "rejected");
    expect(refused.map(({ reason }) => reason.code)).toEqual(Array(3).fill("certificate.duplicate"));
  });

  it("L2: a refused upload stores nothing and leaves an audit event", async () => {
    const [pair, other] = [await newPair("Refused"), await newPair()];
    const before = [await database().certificate.count(), await database().keyPair.count()];
    const mismatch = { ...pair, certificate_pem: other.certificate_pem ?? "" };
    await expect(upload(owner, mismatch)).rejects.toMatchObject({ code: "certificate.key_mismatch" });
    expect([await database().certificate.count(), await database().keyPair.count()]).toEqual(before);
    const event = await lastEvent("acme");
    expect(event).toMatchObject({ action: "certificate.upload_refused", outcome: "denied", targetName: "Refused" });
    expect(event?.after).toBe('{"code":"certificate.key_mismatch"}');
  });

  it("L1: no certificate without its audit event", async () => {
    const pair = await newPair("Unaudited");
    const isPostgres = process.env.DATABASE_URL?.startsWith("postgres") === true;
    await database().$executeRawUnsafe(
      isPostgres
        ? `ALTER TABLE "AuditEvent" ADD CONSTRAINT no_upload CHECK (action <> 'certificate.uploaded') NOT VALID`
        : `CREATE TRIGGER no_upload BEFORE INSERT ON "AuditEvent" WHEN NEW.action = 'certificate.uploaded' BEGIN SELECT RAISE(ABORT, 'no audit'); END`,
    );
    const before = [await database().certificate.count(), await database().keyPair.count()];
    await expect(upload(owner, pair)).rejects.toThrow();
    expect([await database().certificate.count(), await database().keyPair.count()]).toEqual(before);
    await database().$executeRawUnsafe(
      isPostgres ? 'ALTER TABLE "AuditEvent" DROP CONSTRAINT no_upload' : "DROP TRIGGER no_upload",
    );
    await upload(owner, pair);
  });

  it("a renewal keeps the key and the names, makes a new certificate, and leaves the old one", async () => {
    const old = await generate(owner, { name: "Old", ...FAST, subject_alt_names: "old.example", validity_days: 10 });
    const plan = await renewCertificate(owner, { id: old.id, validity_days: 400, dry_run: true });
    expect(plan).toMatchObject({ dry_run: true, renewed: null, kid: old.kid, subject: "CN=Old" });
    const done = await renewCertificate(owner, { id: old.id, validity_days: 400, name: "New" });
    expect(done.renewed).toMatchObject({
      name: "New",
      kid: old.kid,
      subject: old.subject,
      subject_alt_names: old.subject_alt_names,
      renewed_from_id: old.id,
      warnings: [],
    });
    expect(done.renewed?.fingerprint_sha256).not.toBe(old.fingerprint_sha256);
    const [before, after] = [new X509Certificate(old.cert_pem), new X509Certificate(done.renewed?.cert_pem ?? "")];
    expect(after.publicKey.equals(before.publicKey) && after.verify(after.publicKey)).toBe(true);
    expect((await getCertificate(owner, old.id)).deleted_at).toBeNull();
    expect(await lastEvent("acme")).toMatchObject({ action: "certificate.renewed", targetId: done.renewed?.id });
    const isWhole = (await deleteCertificate(owner, { id: old.id })).private_key_destroyed;
    expect(isWhole).toBe(false);
    expect((await renewCertificate(owner, { id: done.renewed?.id ?? "", validity_days: 1 })).renewed).not.toBeNull();
  });

  it("a list is searched, sorted and paged without gaps or repeats", async () => {
    const actor = await createTestOrganization("lists");
    for (let index = 0; index < 7; index += 1) {
      await generate(actor, {
        name: `Name ${6 - index}`,
        common_name: `cn-${index}`,
        ...FAST,
        validity_days: 40 - index * 5,
      });
    }
    for (const sort of ["name", "-name", "expires_at", "-expires_at", "created_at", "-created_at"] as const) {
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await listCertificates(actor, {
          ...checkInput(listCertificatesSchema, { limit: "3", sort }),
          ...(cursor ? { cursor } : {}),
        });
        seen.push(...page.data.map(({ name }) => name));
        cursor = page.next_cursor ?? undefined;
      } while (cursor !== undefined);
      const ascending = [0, 1, 2, 3, 4, 5, 6].map((index) => `Name ${index}`);
      const isAscending = ["name", "expires_at", "-created_at"].includes(sort);
      expect(seen, sort).toEqual(isAscending ? ascending : ascending.reverse());
    }
    const find = async (search: string) =>
      (await listCertificates(actor, checkInput(listCertificatesSchema, { search }))).data;
    const [only] = await find("CN-3");
    expect(only?.name).toBe("Name 3");
    expect(await find(only?.fingerprint_sha256 ?? "")).toHaveLength(1);
    expect(await find(only?.serial.slice(2, 20) ?? "")).toHaveLength(1);
    expect(await find("nothing like it")).toEqual([]);
    expect(await countExpiring(actor)).toEqual({ expiring: 5, expired: 0 });
    expect(await countExpiring(actor, new Date(Date.now() + 21 * DAY))).toEqual({ expiring: 4, expired: 3 });
    await expect(listCertificates(actor, checkInput(listCertificatesSchema, { cursor: "x" }))).rejects.toMatchObject({
      code: "request.invalid",
    });
  });

  it("files: PEM, DER and chain", async () => {
    const made = await generate(owner, { name: 'Fi"le ü/..', ...FAST });
    const pem = await getCertificateFile(owner, { id: made.id, format: "pem" });
    const der = await getCertificateFile(owner, { id: made.id, format: "der" });
    const chain = await getCertificateFile(owner, { id: made.id, format: "chain" });
    expect(pem).toMatchObject({ fileName: "Fi-le-u.pem", content: made.cert_pem });
    expect(new X509Certificate(der.content).fingerprint256).toBe(made.fingerprint_sha256);
    expect(chain.content).toBe(made.cert_pem + made.chain_pem);
  });

  it("J5, J6: who may view sees, who may not manage does not change; a foreign id is like a missing one", async () => {
    const viewer = await createTestMember("acme", "auditor");
    const made = await generate(owner, { name: "Seen", ...FAST });
    expect((await getCertificate(viewer, made.id)).id).toBe(made.id);
    const refusal = { code: "auth.forbidden" };
    await expect(generate(viewer, { name: "No", ...FAST })).rejects.toMatchObject(refusal);
    await expect(upload(viewer, await newPair())).rejects.toMatchObject(refusal);
    await expect(renewCertificate(viewer, { id: made.id, validity_days: 1 })).rejects.toMatchObject(refusal);
    for (const id of [made.id, crypto.randomUUID(), "no id"]) {
      await expect(getCertificate(stranger, id)).rejects.toMatchObject({ code: "certificate.not_found" });
      await expect(renewCertificate(stranger, { id, validity_days: 1 })).rejects.toMatchObject({
        code: "certificate.not_found",
      });
      await expect(getCertificateFile(stranger, { id, format: "pem" })).rejects.toMatchObject({
        code: "certificate.not_found",
      });
    }
  });
});
