import { decodeJwt, decodeProtectedHeader } from "jose";
import { beforeAll, expect, it } from "vitest";
import type { Actor } from "#lib/auth/actor.ts";
import { database } from "#lib/db/client.ts";
import { createToken, listTokens, revokeToken } from "#lib/tokens/service.ts";
import { createTestMember, createTestOrganization, describeOnEveryDatabase } from "../support/database.ts";

const NOW = new Date("2026-11-22T12:00:00.400Z");

describeOnEveryDatabase("personal access tokens", () => {
  let owner: Actor;
  let auditor: Actor;

  beforeAll(async () => {
    owner = await createTestOrganization("acme-corp", NOW);
    auditor = await createTestMember("acme-corp", "auditor", NOW);
  });

  it("U1, U4: is a JWT of the current key for the management API, whose end is in the evidence of the key", async () => {
    const view = await createToken(auditor, { name: "CI", permissions: ["audit.view"], expires_in_days: 90 }, NOW);
    expect(decodeProtectedHeader(view.token)).toEqual({ alg: "RS256", typ: "at+jwt", kid: view.kid });
    expect(decodeJwt(view.token)).toEqual({
      iss: "http://localhost:3000/orgs/acme-corp",
      sub: auditor.userId,
      client_id: "signet-portal",
      aud: "http://localhost:3000/api/v1/admin",
      iat: 1_795_348_800,
      exp: 1_795_348_800 + 90 * 86_400,
      jti: view.id,
      scope: "audit.view",
    });
    expect(view).toMatchObject({
      expires_at: "2027-02-20T12:00:00.000Z",
      owner: { email: auditor.name },
      revoked_at: null,
    });
    const pair = await database().keyPair.findFirst({ where: { organizationId: "acme-corp", kid: view.kid } });
    expect(pair?.signedUntil?.getTime()).toBeGreaterThanOrEqual(Date.parse(view.expires_at));
    const event = await database().auditEvent.findFirst({
      where: { organizationId: "acme-corp", action: "token.created" },
    });
    expect(event).toMatchObject({ targetId: view.id, actorId: auditor.id, kid: view.kid });
    expect(JSON.stringify([event, await listTokens(auditor, { limit: 10 })])).not.toContain(view.token.split(".")[2]);
  });

  it("carries no permission that its maker lacks, and none at all for an application", async () => {
    const wanted = { name: "More", permissions: ["certificates.manage" as const], expires_in_days: 1 };
    await expect(createToken(auditor, wanted, NOW)).rejects.toMatchObject({
      code: "token.permission_not_held",
      errors: [{ field: "permissions" }],
    });
    const program: Actor = { ...owner, type: "client", userId: null, role: null };
    await expect(createToken(program, wanted, NOW)).rejects.toMatchObject({ code: "auth.forbidden" });
    await expect(listTokens({ ...program, permissions: new Set() }, { limit: 1 })).rejects.toMatchObject({
      code: "auth.forbidden",
    });
  });

  it("people see and revoke their own; who manages members sees and revokes all of the organization", async () => {
    const mine = await createToken(owner, { name: "Mine", permissions: ["audit.view"], expires_in_days: 1 }, NOW);
    const theirs = await createToken(auditor, { name: "Theirs", permissions: ["audit.view"], expires_in_days: 1 }, NOW);
    const own = await listTokens(auditor, { limit: 100 });
    expect(own.data.every((token) => token.owner.id === auditor.userId)).toBe(true);
    const all = await listTokens(owner, { limit: 100 });
    expect(all.data.map((token) => token.id)).toEqual(expect.arrayContaining([mine.id, theirs.id]));
    const missing = { code: "token.not_found" };
    await expect(revokeToken(auditor, { id: mine.id }, NOW)).rejects.toMatchObject(missing);
    const stranger = await createTestOrganization("stranger", NOW);
    for (const id of [mine.id, "x".repeat(22), "nul\0", ""]) {
      await expect(revokeToken(stranger, { id }, NOW)).rejects.toMatchObject(missing);
    }
    const revoked = await revokeToken(owner, { id: theirs.id }, NOW);
    expect(revoked.revoked_at).toBe(NOW.toISOString());
    await revokeToken(auditor, { id: theirs.id }, new Date(NOW.getTime() + 1000));
    const events = await database().auditEvent.findMany({ where: { action: "token.revoked", targetId: theirs.id } });
    expect(events).toHaveLength(1);
    expect(JSON.parse(String(events[0]?.before))).toMatchObject({ revoked_at: null });
    expect(JSON.parse(String(events[0]?.after))).toMatchObject({ revoked_at: NOW.toISOString() });
  });

  it("lists page by page, also those of one moment", async () => {
    const member = await createTestMember("acme-corp", "security-admin", NOW);
    for (let index = 0; index < 5; index += 1) {
      await createToken(member, { name: `Token ${index}`, permissions: ["audit.view"], expires_in_days: 1 }, NOW);
    }
    const names: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listTokens(member, { limit: 2, cursor });
      names.push(...page.data.map(({ name }) => name));
      cursor = page.next_cursor ?? undefined;
    } while (cursor !== undefined);
    expect(names.sort()).toEqual([0, 1, 2, 3, 4].map((index) => `Token ${index}`));
  });

  it.each(["-271821-04-20T00:00:00.000Z", "0000-01-01T00:00:00.000Z", "yesterday"])(
    "a cursor made up with the moment %s is refused, whatever moments the database knows",
    async (moment) => {
      const cursor = Buffer.from(JSON.stringify([moment, "id"])).toString("base64url");
      await expect(listTokens(owner, { limit: 2, cursor })).rejects.toMatchObject({ code: "request.invalid" });
    },
  );
});
