import { beforeAll, expect, it } from "vitest";
import { createApplicationSchema } from "#lib/applications/schema.ts";
import {
  createApplication,
  deleteApplication,
  findApplicationsOnDefaultCertificate,
  findMaxTokenExpirySecs,
  getApplication,
  listApplications,
  listOidcClients,
  updateApplication,
} from "#lib/applications/service.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { sha256Base64url } from "#lib/crypto/digest.ts";
import { database } from "#lib/db/client.ts";
import { getTokenSigner } from "#lib/keys/signing.ts";
import { extendSession } from "#lib/sessions/machine-sessions.ts";
import {
  createTestMember,
  createTestOrganization,
  describeOnEveryDatabase,
  useEnvironment as setEnvironment,
} from "../support/database.ts";

const NOW = new Date("2026-11-22T12:00:00.000Z");
const OIDC = { protocol: "oidc", name: "Billing", scopes: ["read"], token_expiry_secs: 3600 } as const;
const SAML = { protocol: "saml", name: "Wiki", acs_urls: ["https://wiki.example/acs"] } as const;

describeOnEveryDatabase("applications", (fixture) => {
  let owner: Actor;
  let stranger: Actor;

  beforeAll(async () => {
    owner = await createTestOrganization("acme-corp", NOW);
    stranger = await createTestOrganization("stranger", NOW);
  });

  function oidc(extra: Record<string, unknown> = {}): Parameters<typeof createApplication>[1] {
    return createApplicationSchema.parse({ ...OIDC, scopes: ["read"], ...extra });
  }

  function saml(entityId: string, extra: Record<string, unknown> = {}): Parameters<typeof createApplication>[1] {
    return { ...SAML, acs_urls: ["https://wiki.example/acs"], entity_id: entityId, ...extra };
  }

  async function lastEvent(action: string): Promise<Record<string, unknown> | null> {
    return database().auditEvent.findFirst({
      where: { organizationId: "acme-corp", action },
      orderBy: { sequence: "desc" },
    });
  }

  it("shows the secret of a new client once and keeps only its SHA-256", async () => {
    const created = await createApplication(owner, oidc(), NOW);
    if (created.protocol !== "oidc") throw new Error("not an OIDC application");
    expect(created).toMatchObject({ confidential: true, grant_types: ["client_credentials"], signing_cert_id: null });
    const value = created.client_secret ?? "";
    expect(Buffer.from(value, "base64url")).toHaveLength(32);
    const [secret] = await database().clientSecret.findMany({ where: { applicationId: created.id } });
    expect(secret?.hash).toBe(sha256Base64url(value));
    const again = JSON.stringify([
      await getApplication(owner, created.id, NOW),
      await lastEvent("application.created"),
      secret,
    ]);
    expect(again).not.toContain(value);
    expect((await listOidcClients("acme-corp")).map((client) => client.clientId)).toContain(created.client_id);
  });

  it("a permission as scope can only be given by who holds it", async () => {
    const appAdmin = await createTestMember("acme-corp", "app-admin", NOW);
    const scopes = ["read", "certificates.manage"];
    const refused = { code: "token.permission_not_held", errors: [{ field: "scopes" }] };
    await expect(createApplication(appAdmin, oidc({ scopes }), NOW)).rejects.toMatchObject(refused);
    const { id } = await createApplication(appAdmin, oidc({ scopes: ["certificates.view"] }), NOW);
    await expect(updateApplication(appAdmin, { id, scopes }, NOW)).rejects.toMatchObject(refused);
    await updateApplication(owner, { id, scopes }, NOW);
    const renamed = await updateApplication(appAdmin, { id, name: "Renamed", scopes: [...scopes, "write"] }, NOW);
    expect(renamed).toMatchObject({ name: "Renamed", scopes: [...scopes, "write"] });
  });

  it("an entity ID belongs to one application of an organization, and may be used in another organization", async () => {
    const entityId = "https://wiki.example/saml";
    const { id } = await createApplication(owner, saml(entityId), NOW);
    const taken = { code: "application.entity_id_taken", errors: [{ field: "entity_id" }] };
    await expect(createApplication(owner, saml(entityId), NOW)).rejects.toMatchObject(taken);
    const other = await createApplication(owner, saml("https://other.example"), NOW);
    await expect(updateApplication(owner, { id: other.id, entity_id: entityId }, NOW)).rejects.toMatchObject(taken);
    await updateApplication(owner, { id, entity_id: entityId, name: "Same" }, NOW);
    await createApplication(stranger, saml(entityId), NOW);
  });

  it("the longest entity ID that is taken fits into the index of either database", async () => {
    // Random, because PostgreSQL compresses what repeats itself.
    const entityId = (count: number): string =>
      Array.from({ length: count }, () => String.fromCharCode(0x4e00 + Math.floor(Math.random() * 20_000))).join("");
    const body = (entity_id: string) => ({
      protocol: "saml",
      name: "Long",
      entity_id,
      acs_urls: ["https://a.example/"],
    });
    expect(createApplicationSchema.safeParse(body(entityId(683))).success).toBe(false);
    const input = createApplicationSchema.parse(body(entityId(682)));
    const maker = await createTestOrganization("long-ids", NOW);
    await expect(createApplication(maker, input)).resolves.toMatchObject({ protocol: "saml" });
  });

  it("twenty registrations of one entity ID at once make one application", async () => {
    const attempts = await Promise.allSettled(
      Array.from({ length: 20 }, () => createApplication(owner, saml("https://race.example"), NOW)),
    );
    expect(attempts.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const attempt of attempts) {
      if (attempt.status === "rejected") expect(attempt.reason).toMatchObject({ code: "application.entity_id_taken" });
    }
  });

  it("J18: the longest token expiry is that over all applications", async () => {
    expect(await findMaxTokenExpirySecs("stranger")).toBe(0);
    const { id } = await createApplication(stranger, oidc({ token_expiry_secs: 7200 }), NOW);
    expect(await findMaxTokenExpirySecs("stranger")).toBe(7200);
    await updateApplication(stranger, { id, token_expiry_secs: 60 }, NOW);
    expect(await findMaxTokenExpirySecs("stranger")).toBe(60);
  });

  it("J13, J19, J31: every SAML application is on the default certificate, named with its entity ID", async () => {
    const exposed = await findApplicationsOnDefaultCertificate("stranger", NOW);
    expect(exposed).toEqual([{ id: expect.any(String), name: "Wiki", entityId: "https://wiki.example/saml" }]);
  });

  it("a field of the other protocol and a change of protocol are refused at the field", async () => {
    const { id } = await createApplication(owner, oidc(), NOW);
    await expect(
      updateApplication(owner, { id, protocol: "saml", entity_id: "x", acs_urls: ["https://x.example"] }, NOW),
    ).rejects.toMatchObject({
      code: "request.invalid",
      errors: [{ field: "entity_id" }, { field: "acs_urls" }, { field: "protocol" }],
    });
  });

  it("a change that changes nothing leaves no audit event; one that does holds before and after", async () => {
    const { id } = await createApplication(owner, oidc({ name: "Quiet" }), NOW);
    await updateApplication(owner, { id, name: "Quiet" }, NOW);
    expect((await lastEvent("application.updated"))?.targetId).not.toBe(id);
    await updateApplication(owner, { id, token_expiry_secs: 60 }, NOW);
    const event = await lastEvent("application.updated");
    expect(event).toMatchObject({ targetId: id, actorId: owner.id });
    expect(JSON.parse(String(event?.before))).toMatchObject({ token_expiry_secs: 3600 });
    expect(JSON.parse(String(event?.after))).toMatchObject({ token_expiry_secs: 60 });
  });

  it("an event tells what somebody set, by the names and with the values of the API", async () => {
    for (const input of [oidc({ name: "Told" }), saml("https://told.example")]) {
      const view = await getApplication(owner, (await createApplication(owner, input, NOW)).id, NOW);
      const told = JSON.parse(String((await lastEvent("application.created"))?.after));
      expect(view).toMatchObject(told);
      const facts = ["active_sessions", "client_secrets", "created_at", "id", "signing_certificate", "signs_with"];
      const set = Object.keys(view).filter((name) => ![...facts, "updated_at"].includes(name));
      expect(Object.keys(told).sort()).toEqual(set.sort());
    }
  });

  it("a deletion tells what it does, with dry_run only tells, and takes secrets and sessions along", async () => {
    const created = await createApplication(owner, oidc({ name: "Gone" }), NOW);
    const { id } = created;
    const { keyPairId } = await getTokenSigner("acme-corp");
    const expiresAt = new Date(NOW.getTime() + 600_000);
    await extendSession("acme-corp", { applicationId: id, keyPairId, subject: "client", expiresAt }, NOW);
    const impact = { id, name: "Gone", active_sessions: 1, tokens_valid_until: "2026-11-22T12:11:00.000Z" };
    expect(await deleteApplication(owner, { id, dry_run: true }, NOW)).toMatchObject({ ...impact, dry_run: true });
    expect(await getApplication(owner, id, NOW)).toMatchObject({ active_sessions: 1 });
    expect(await deleteApplication(owner, { id }, NOW)).toMatchObject({ ...impact, dry_run: false });
    await expect(getApplication(owner, id, NOW)).rejects.toMatchObject({ code: "application.not_found" });
    expect(await database().clientSecret.count({ where: { applicationId: id } })).toBe(0);
    expect(await database().session.count({ where: { applicationId: id } })).toBe(0);
    expect(await lastEvent("application.deleted")).toMatchObject({ targetId: id });
  });

  it("a stranger gets the answer of a missing application, and nothing changes", async () => {
    const { id } = await createApplication(owner, oidc({ name: "Ours" }), NOW);
    for (const target of [id, crypto.randomUUID(), "nul\0", "no-uuid"]) {
      const missing = { code: "application.not_found" };
      await expect(getApplication(stranger, target, NOW)).rejects.toMatchObject(missing);
      await expect(updateApplication(stranger, { id: target, name: "Theirs" }, NOW)).rejects.toMatchObject(missing);
      await expect(deleteApplication(stranger, { id: target }, NOW)).rejects.toMatchObject(missing);
    }
    expect((await getApplication(owner, id, NOW)).name).toBe("Ours");
  });

  it("who may view certificates may read applications (J6), only who manages applications may write", async () => {
    const auditor = await createTestMember("acme-corp", "auditor", NOW);
    const { data } = await listApplications(auditor, { limit: 1 }, NOW);
    const id = data[0]?.id ?? "";
    await getApplication(auditor, id, NOW);
    const forbidden = { code: "auth.forbidden" };
    await expect(createApplication(auditor, oidc(), NOW)).rejects.toMatchObject(forbidden);
    await expect(updateApplication(auditor, { id, name: "No" }, NOW)).rejects.toMatchObject(forbidden);
    await expect(deleteApplication(auditor, { id }, NOW)).rejects.toMatchObject(forbidden);
    const nobody = { ...auditor, permissions: new Set(["audit.view"] as const) };
    await expect(listApplications(nobody, { limit: 1 }, NOW)).rejects.toMatchObject(forbidden);
  });

  it("lists by name without regard to case, page by page, and finds by a part of the name", async () => {
    const admin = await createTestOrganization(`paged-${fixture.provider}`, NOW);
    for (const name of ["beta", "Alpha", "gamma", "Beta", "älpha", "100%"])
      await createApplication(admin, oidc({ name }), NOW);
    const names: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listApplications(admin, { limit: 2, cursor }, NOW);
      names.push(...page.data.map(({ name }) => name.toLowerCase()));
      cursor = page.next_cursor ?? undefined;
    } while (cursor !== undefined);
    expect(names).toEqual(["100%", "alpha", "beta", "beta", "gamma", "älpha"]);
    const found = await listApplications(admin, { limit: 10, search: "BET" }, NOW);
    expect(found.data).toHaveLength(2);
    expect((await listApplications(admin, { limit: 10, protocol: "saml" }, NOW)).data).toEqual([]);
  });

  it("production takes no http for assertions", async () => {
    const secrets = { SIGNET_PUBLIC_URL: "https://id.example", NEXTAUTH_SECRET: "pW7vQ2mX9bT4kL1sZ8nR5cY3dF6gH0jK" };
    await setEnvironment({ DATABASE_URL: fixture.url, SIGNET_MODE: "production", ...secrets });
    const input = saml("https://local.example", { acs_urls: ["https://a.example", "http://localhost/acs"] });
    await expect(createApplication(owner, input, NOW)).rejects.toMatchObject({
      code: "request.invalid",
      errors: [{ field: "acs_urls.1", code: "insecure_url" }],
    });
    await setEnvironment({ DATABASE_URL: fixture.url });
  });
});
