import { decodeJwt } from "jose";
import { beforeAll, expect, it } from "vitest";
import type { Actor } from "#lib/auth/actor.ts";
import { database } from "#lib/db/client.ts";
import { getRevocations, peekRevocations, revokeSession, revokeToken } from "#lib/sessions/revocations.ts";
import { revokeSessionGroupSchema } from "#lib/sessions/schema.ts";
import { listSessions, revokeSessions, summarizeActiveSessions } from "#lib/sessions/service.ts";
import { createTestMember, createTestOrganization, describeOnEveryDatabase } from "../support/database.ts";
import { askForToken, createTestClient, type TestClient } from "../support/oidc-client.ts";
import { createSignInClient, refresh, signIn } from "../support/sign-in-client.ts";

type Claims = { sid: string; jti: string };

describeOnEveryDatabase("revoking", () => {
  let owner: Actor;
  let person: Actor;
  let client: TestClient;

  beforeAll(async () => {
    owner = await createTestOrganization("acme-corp");
    person = await createTestMember("acme-corp", "auditor");
    client = await createSignInClient(owner);
  });

  function claimsOf(token: unknown): Claims {
    return decodeJwt(String(token)) as Claims;
  }

  async function isRevoked(claims: Partial<Claims>): Promise<boolean> {
    return (await getRevocations("acme-corp")).isRevoked(claims);
  }

  async function events(): Promise<
    { targetType: string; targetId: string; targetName: string; after: string | null }[]
  > {
    return database().auditEvent.findMany({
      where: { organizationId: "acme-corp", action: "session.revoked" },
      orderBy: { sequence: "asc" },
    });
  }

  it("L9: one session ends with all its tokens, known to every verifier at once, audited with who and where", async () => {
    const tokens = await signIn(client, person.id);
    const claims = claimsOf(tokens.access_token);
    expect(await isRevoked(claims)).toBe(false);
    const before = (await summarizeActiveSessions("acme-corp", new Date())).total;
    expect(await revokeSessions(owner, { id: claims.sid })).toEqual({ revoked: 1 });
    expect(await isRevoked(claims)).toBe(true);
    expect((await summarizeActiveSessions("acme-corp", new Date())).total).toBe(before - 1);
    expect((await refresh(client, tokens.refresh_token)).json.error).toBe("invalid_grant");
    const target = { targetType: "session", targetId: claims.sid, targetName: `${person.name} in Sign-in client` };
    expect((await events()).at(-1)).toMatchObject({ ...target, actorId: owner.id });
    await expect(revokeSessions(owner, { id: claims.sid })).rejects.toMatchObject({ code: "session.not_found" });
  });

  it("all of an application, all of a person, all begun before a moment; each audited with how many", async () => {
    const [one, other] = [await createSignInClient(owner), await createSignInClient(owner)];
    const guest = await createTestMember("acme-corp", "auditor");
    const ofOne = await signIn(one, person.id);
    const ofGuest = await signIn(other, guest.id);
    expect(await revokeSessions(owner, { application_id: one.id })).toEqual({ revoked: 1 });
    expect((await events()).at(-1)).toMatchObject({ targetType: "application", targetName: "Sign-in client" });
    expect(await isRevoked(claimsOf(ofOne.access_token))).toBe(true);
    expect(await isRevoked(claimsOf(ofGuest.access_token))).toBe(false);
    expect(await revokeSessions(owner, { user_id: guest.id })).toEqual({ revoked: 1 });
    expect((await events()).at(-1)).toMatchObject({ targetType: "user", targetName: guest.name });
    expect(await isRevoked(claimsOf(ofGuest.access_token))).toBe(true);
    const early = await signIn(other, person.id);
    const moment = new Date(Date.now() + 1).toISOString();
    await new Promise((resolve) => setTimeout(resolve, 5));
    const late = await signIn(other, person.id);
    await revokeSessions(owner, { before: moment, application_id: other.id });
    expect(await isRevoked(claimsOf(early.access_token))).toBe(true);
    expect(await isRevoked(claimsOf(late.access_token))).toBe(false);
    const count = (await events()).length;
    expect(await revokeSessions(owner, { application_id: one.id })).toEqual({ revoked: 0 });
    expect(await events()).toHaveLength(count);
  });

  it("a machine client whose session was revoked gets a new one with its next token, also from another process", async () => {
    const machine = await createTestClient(owner);
    const first = claimsOf((await askForToken(machine)).json.access_token);
    expect(claimsOf((await askForToken(machine)).json.access_token).sid).toBe(first.sid);
    await revokeSessions(owner, { application_id: machine.id });
    const next = claimsOf((await askForToken(machine)).json.access_token);
    expect(next.sid).not.toBe(first.sid);
    expect(await isRevoked(first)).toBe(true);
    expect(await isRevoked(next)).toBe(false);
    // Storage alone knows of it now: no announcement comes from a process that has died.
    await database().session.updateMany({ where: { id: next.sid }, data: { revokedAt: new Date() } });
    await database().organization.update({ where: { id: "acme-corp" }, data: { version: { increment: 1 } } });
    const deadline = Date.now() + 5000;
    let last = next.sid;
    while (last === next.sid && Date.now() < deadline) {
      last = claimsOf((await askForToken(machine)).json.access_token).sid;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(last).not.toBe(next.sid);
    expect(await database().session.count({ where: { applicationId: machine.id, revokedAt: null } })).toBe(1);
  });

  it("one token is revoked by itself, and its session goes on", async () => {
    const tokens = await signIn(client, person.id);
    const claims = claimsOf(tokens.access_token);
    const token = { jti: claims.jti, expiresAt: new Date(Date.now() + 600_000) };
    await Promise.all([revokeToken("acme-corp", token), revokeToken("acme-corp", token)]);
    expect(await isRevoked(claims)).toBe(true);
    const { json } = await refresh(client, tokens.refresh_token);
    expect(await isRevoked(claimsOf(json.access_token))).toBe(false);
    expect(await isRevoked({ sid: claims.sid, jti: "another" })).toBe(false);
    const ended = { jti: "ended", expiresAt: new Date(Date.now() - 1) };
    await revokeToken("acme-corp", ended);
    expect(await database().revokedToken.count({ where: { id: "ended" } })).toBe(0);
  });

  it("ended revocations are forgotten, in memory and in storage", async () => {
    const now = Date.now();
    const old = { id: "old", organizationId: "acme-corp", expiresAt: new Date(now - 2 * 60 * 60_000) };
    await database().revokedToken.create({ data: old });
    await revokeToken("acme-corp", { jti: "new", expiresAt: new Date(now + 60_000) });
    expect(await database().revokedToken.count({ where: { id: "old" } })).toBe(0);
    expect(await isRevoked({ jti: "new" })).toBe(true);
    expect(await isRevoked({ jti: "old" })).toBe(false);
    const { sid } = claimsOf((await signIn(client, person.id)).access_token);
    await revokeSession("acme-corp", sid);
    await database().sessionKey.updateMany({ where: { sessionId: sid }, data: { expiresAt: new Date(now - 1) } });
    await revokeToken("acme-corp", { jti: "newer", expiresAt: new Date(now + 60_000) });
    expect(await isRevoked({ sid })).toBe(false);
  });

  it("a stranger revokes and sees nothing of another organization, whatever ids it knows", async () => {
    const stranger = await createTestOrganization("stranger");
    const { sid } = claimsOf((await signIn(client, person.id)).access_token);
    await expect(revokeSessions(stranger, { id: sid })).rejects.toMatchObject({ code: "session.not_found" });
    for (const which of [{ application_id: client.id }, { user_id: person.id }, { before: "2100-01-01T00:00:00Z" }]) {
      expect(await revokeSessions(stranger, which)).toEqual({ revoked: 0 });
    }
    expect(await revokeSession("stranger", sid)).toBe(false);
    expect(await isRevoked({ sid })).toBe(false);
    expect(await revokeSession("acme-corp", sid)).toBe(true);
    expect((await getRevocations("stranger")).isRevoked({ sid })).toBe(false);
    await expect(getRevocations("nobody")).rejects.toMatchObject({ code: "organization.not_found" });
    expect(peekRevocations("nobody")).toBeFalsy();
  });

  it("needs the permission to change applications or to manage keys", async () => {
    const { sid } = claimsOf((await signIn(client, person.id)).access_token);
    const auditor = await createTestMember("acme-corp", "auditor");
    await expect(revokeSessions(auditor, { id: sid })).rejects.toMatchObject({ code: "auth.forbidden" });
    const admin = await createTestMember("acme-corp", "app-admin");
    expect(await revokeSessions(admin, { id: sid })).toEqual({ revoked: 1 });
    const security = await createTestMember("acme-corp", "security-admin");
    const next = claimsOf((await signIn(client, person.id)).access_token);
    expect(await revokeSessions(security, { id: next.sid })).toEqual({ revoked: 1 });
  });

  it("says which sessions: something, and nothing else", () => {
    for (const given of [{}, { id: "a", user_id: "b" }, { before: "yesterday" }, { user_id: "nul\0" }, { all: true }]) {
      expect(revokeSessionGroupSchema.safeParse(given).success).toBe(false);
    }
  });

  it("lists who uses which application with tokens of which keys, narrowed as asked", async () => {
    const listed = await createSignInClient(owner, { name: "Listed" });
    const tokens = await signIn(listed, person.id, "openid read");
    const { data, total } = await listSessions(owner, { limit: 10, application_id: listed.id });
    expect(total).toBe(1);
    expect(data).toMatchObject([
      {
        id: claimsOf(tokens.access_token).sid,
        application: { name: "Listed" },
        user: { id: person.id, email: person.name },
        subject: person.id,
        scope: "openid read",
        keys: [{ kid: expect.any(String) }],
      },
    ]);
    const [kid] = data[0]?.keys.map((key) => key.kid) ?? [];
    const byKey = await listSessions(owner, { limit: 100, kid });
    expect(byKey.data.map(({ id }) => id)).toContain(data[0]?.id);
    expect((await listSessions(owner, { limit: 10, kid: "another" })).total).toBe(0);
    expect((await listSessions(owner, { limit: 10, user_id: owner.id })).total).toBe(0);
  });
});
