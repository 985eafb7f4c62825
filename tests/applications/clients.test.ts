import { beforeAll, expect, it } from "vitest";
import { createApplicationSchema } from "#lib/applications/schema.ts";
import { createClientSecret, deleteClientSecret } from "#lib/applications/secrets.ts";
import { createApplication, getApplication, listOidcClients, updateApplication } from "#lib/applications/service.ts";
import type { OidcApplicationView } from "#lib/applications/view.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { sha256Base64url } from "#lib/crypto/digest.ts";
import { database } from "#lib/db/client.ts";
import { createTestMember, createTestOrganization, describeOnEveryDatabase } from "../support/database.ts";
import { createTestClient } from "../support/oidc-client.ts";

const NOW = new Date("2026-11-22T12:00:00.000Z");
const WEB = {
  protocol: "oidc",
  name: "Web shop",
  grant_types: ["authorization_code", "refresh_token"],
  redirect_uris: ["https://shop.example/cb"],
  post_logout_redirect_uris: ["https://shop.example/"],
  consent_required: true,
  id_token_expiry_secs: 300,
  refresh_token_expiry_secs: 86_400,
};

describeOnEveryDatabase("clients that people sign in to", () => {
  let owner: Actor;
  let stranger: Actor;

  beforeAll(async () => {
    owner = await createTestOrganization("acme-corp", NOW);
    stranger = await createTestOrganization("stranger", NOW);
  });

  async function create(
    extra: Record<string, unknown> = {},
  ): Promise<OidcApplicationView & { client_secret: string | null }> {
    const view = await createApplication(owner, createApplicationSchema.parse({ ...WEB, ...extra }), NOW);
    if (view.protocol !== "oidc") throw new Error("not an OIDC application");
    return view;
  }

  async function read(id: string): Promise<OidcApplicationView> {
    const view = await getApplication(owner, id, NOW);
    if (view.protocol !== "oidc") throw new Error("not an OIDC application");
    return view;
  }

  async function secretsOf(id: string): Promise<string[]> {
    return (await listOidcClients("acme-corp")).find((client) => client.id === id)?.secretHashes ?? [];
  }

  it("keep every setting, for the page, the API and the token endpoint alike", async () => {
    const { id } = await create();
    const { protocol: _protocol, ...settings } = WEB;
    expect(await read(id)).toMatchObject({ ...settings, confidential: true, token_expiry_secs: 3600 });
    expect((await listOidcClients("acme-corp")).find((client) => client.id === id)).toMatchObject({
      grantTypes: ["authorization_code", "refresh_token"],
      redirectUris: ["https://shop.example/cb"],
      postLogoutRedirectUris: ["https://shop.example/"],
      isConfidential: true,
      isConsentRequired: true,
      tokenExpirySecs: 3600,
      idTokenExpirySecs: 300,
      refreshTokenExpirySecs: 86_400,
      certificate: null,
    });
  });

  it("a change touches what it names, and is checked against the rest", async () => {
    const { id } = await create();
    await updateApplication(owner, { id, redirect_uris: ["https://shop.example/other"] }, NOW);
    expect(await read(id)).toMatchObject({ ...WEB, redirect_uris: ["https://shop.example/other"] });
    const refused = { code: "request.invalid" };
    const attempts = [
      { change: { redirect_uris: [] }, field: "redirect_uris" },
      { change: { grant_types: ["refresh_token" as const] }, field: "grant_types" },
      { change: { grant_types: ["client_credentials" as const], confidential: false }, field: "grant_types" },
      { change: { redirect_uris: ["com.example.app:/cb"] }, field: "redirect_uris.0" },
    ];
    for (const { change, field } of attempts) {
      const attempt = updateApplication(owner, { id, ...change }, NOW);
      await expect(attempt).rejects.toMatchObject({ ...refused, errors: [{ field }] });
    }
    await expect(create({ redirect_uris: [] })).rejects.toMatchObject({
      ...refused,
      errors: [{ field: "redirect_uris" }],
    });
  });

  it("a public client has no secret, and gets none until it is made confidential", async () => {
    const created = await create({ confidential: false });
    expect(created).toMatchObject({ client_secret: null, client_secrets: [], confidential: false });
    const { id } = created;
    await expect(createClientSecret(owner, id, NOW)).rejects.toMatchObject({ code: "application.no_secrets" });
    await updateApplication(owner, { id, confidential: true }, NOW);
    expect((await read(id)).client_secrets).toEqual([]);
    await createClientSecret(owner, id, NOW);
    expect(await secretsOf(id)).toHaveLength(1);
    await updateApplication(owner, { id, confidential: false }, NOW);
    expect(await secretsOf(id)).toEqual([]);
  });

  it("O7: two secrets work at a time, so that one replaces the other; each is shown once and audited without it", async () => {
    const created = await create();
    const { id } = created;
    const second = await createClientSecret(owner, id, new Date(NOW.getTime() + 1000));
    expect(Buffer.from(second.client_secret, "base64url")).toHaveLength(32);
    const hashes = [created.client_secret ?? "", second.client_secret].map((value) => sha256Base64url(value));
    expect((await secretsOf(id)).sort()).toEqual(hashes.sort());
    await expect(createClientSecret(owner, id, NOW)).rejects.toMatchObject({ code: "application.too_many_secrets" });
    const [first] = (await read(id)).client_secrets;
    expect(first?.hint).toBe(created.client_secret?.slice(-4));
    const secretId = first?.id ?? "";
    expect(await deleteClientSecret(owner, { applicationId: id, secretId }, NOW)).toEqual(first);
    expect(await secretsOf(id)).toEqual([sha256Base64url(second.client_secret)]);
    await expect(deleteClientSecret(owner, { applicationId: id, secretId }, NOW)).rejects.toMatchObject({
      code: "application.secret_not_found",
    });
    const events = await database().auditEvent.findMany({ where: { targetId: id }, orderBy: { sequence: "asc" } });
    expect(events.map(({ action }) => action)).toEqual([
      "application.created",
      "application.secret_created",
      "application.secret_deleted",
    ]);
    const everything = JSON.stringify([events, await read(id)]);
    for (const value of [created.client_secret ?? "", second.client_secret, ...hashes])
      expect(everything).not.toContain(value);
  });

  it("twenty secrets asked for at once make one more", async () => {
    const { id } = await create();
    const attempts = await Promise.allSettled(Array.from({ length: 20 }, () => createClientSecret(owner, id, NOW)));
    expect(attempts.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await secretsOf(id)).toHaveLength(2);
  });

  it("a secret stands for the client's permissions, so only who holds them can make one", async () => {
    const appAdmin = await createTestMember("acme-corp", "app-admin", NOW);
    const { id } = await createTestClient(owner, { scopes: ["certificates.manage"] });
    await expect(createClientSecret(appAdmin, id, NOW)).rejects.toMatchObject({ code: "token.permission_not_held" });
    const harmless = await createTestClient(owner, { scopes: ["read"] });
    await createClientSecret(appAdmin, harmless.id, NOW);
    const [secret] = (await read(id)).client_secrets;
    await deleteClientSecret(appAdmin, { applicationId: id, secretId: secret?.id ?? "" }, NOW);
    expect(await secretsOf(id)).toEqual([]);
  });

  it("strangers and people without applications.manage change no secret", async () => {
    const { id, client_secrets: secrets } = await create();
    const secretId = secrets[0]?.id ?? "";
    const auditor = await createTestMember("acme-corp", "auditor", NOW);
    for (const [actor, code] of [
      [stranger, "application.not_found"],
      [auditor, "auth.forbidden"],
    ] as const) {
      await expect(createClientSecret(actor, id, NOW)).rejects.toMatchObject({ code });
      await expect(deleteClientSecret(actor, { applicationId: id, secretId }, NOW)).rejects.toMatchObject({ code });
    }
    const other = await create();
    const misplaced = deleteClientSecret(owner, { applicationId: other.id, secretId }, NOW);
    await expect(misplaced).rejects.toMatchObject({ code: "application.secret_not_found" });
    expect(await secretsOf(id)).toHaveLength(1);
  });
});
