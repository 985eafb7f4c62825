import fc from "fast-check";
import { beforeAll, expect, it } from "vitest";
import { deleteApplication } from "#lib/applications/service.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { database } from "#lib/db/client.ts";
import { getTokenSigner } from "#lib/keys/signing.ts";
import { extendSession, peekStoredSession } from "#lib/sessions/machine-sessions.ts";
import { listSessions, summarizeActiveSessions, summarizeSessionsOfKeyPair } from "#lib/sessions/service.ts";
import type { SessionUse } from "#lib/sessions/session.ts";
import {
  createTestMember,
  createTestOrganization,
  describeOnEveryDatabase,
  useEnvironment as setEnvironment,
} from "../support/database.ts";
import { createTestClient } from "../support/oidc-client.ts";

const NOW = new Date("2026-11-22T12:00:00.000Z");

function later(seconds: number, from = NOW): Date {
  return new Date(from.getTime() + seconds * 1000);
}

describeOnEveryDatabase("sessions", (fixture) => {
  let owner: Actor;
  let keyPairId: string;

  beforeAll(async () => {
    owner = await createTestOrganization("acme-corp", NOW);
    keyPairId = (await getTokenSigner("acme-corp")).keyPairId;
  });

  async function createClient(name: string): Promise<{ id: string; subject: string }> {
    const { id, clientId } = await createTestClient(owner, { name, scopes: [], token_expiry_secs: 3600 }, NOW);
    return { id, subject: clientId };
  }

  async function storedEnd(use: SessionUse): Promise<Date | undefined> {
    const { applicationId, keyPairId, subject } = use;
    const row = await database().sessionKey.findFirst({ where: { keyPairId, session: { applicationId, subject } } });
    return row?.expiresAt;
  }

  it("stores an end a minute beyond the token, so that the tokens of the next minute need no write", async () => {
    const { id, subject } = await createClient("Slack");
    const use = { applicationId: id, keyPairId, subject, expiresAt: later(3600) };
    expect(peekStoredSession("acme-corp", use)).toBeUndefined();
    const sid = await extendSession("acme-corp", use, NOW);
    expect(await storedEnd(use)).toEqual(later(3660));
    expect(peekStoredSession("acme-corp", { ...use, expiresAt: later(3660) })).toBe(sid);
    expect(peekStoredSession("acme-corp", { ...use, expiresAt: later(3661) })).toBeUndefined();
  });

  it("J8, J16: counts a session until its end, distinct by application and subject, and by key pair", async () => {
    const before = await summarizeActiveSessions("acme-corp", later(5000));
    const { id, subject } = await createClient("Counted");
    const otherKey = await addKeyPair();
    for (const pair of [keyPairId, otherKey]) {
      await extendSession(
        "acme-corp",
        { applicationId: id, keyPairId: pair, subject, expiresAt: later(9000) },
        later(4000),
      );
    }
    const during = await summarizeActiveSessions("acme-corp", later(5000));
    expect(during.total).toBe(before.total + 1);
    expect(during.byKeyPair.get(otherKey)).toEqual({
      activeSessions: 1,
      applications: [{ id, name: "Counted", activeSessions: 1, expiresAt: later(9060) }],
    });
    const busier = await createClient("Busier");
    for (const person of [busier.subject, "somebody else"]) {
      const use = { applicationId: busier.id, keyPairId: otherKey, subject: person, expiresAt: later(9000) };
      await extendSession("acme-corp", use, later(4000));
    }
    const both = (await summarizeActiveSessions("acme-corp", later(5000))).byKeyPair.get(otherKey);
    expect(both?.activeSessions).toBe(3);
    expect(both?.applications.map(({ name }) => name)).toEqual(["Busier", "Counted"]);
    expect(await summarizeSessionsOfKeyPair("acme-corp", otherKey, later(5000))).toEqual(both);
    const nothing = { activeSessions: 0, applications: [] };
    expect(await summarizeSessionsOfKeyPair("acme-corp", otherKey, later(9061))).toEqual(nothing);
    expect(await summarizeSessionsOfKeyPair("globex", otherKey, later(5000))).toEqual(nothing);
    const after = await summarizeActiveSessions("acme-corp", later(9061));
    expect(after.byKeyPair.has(otherKey)).toBe(false);
  });

  async function addKeyPair(): Promise<string> {
    const source = await database().keyPair.findFirstOrThrow({ where: { id: keyPairId } });
    const id = crypto.randomUUID();
    await database().keyPair.create({ data: { ...source, id, kid: id } });
    return id;
  }

  it("a session that ended and comes back starts anew", async () => {
    const { id, subject } = await createClient("Comes back");
    const use = { applicationId: id, keyPairId, subject, expiresAt: later(100) };
    await extendSession("acme-corp", use, NOW);
    await extendSession("acme-corp", { ...use, expiresAt: later(20_100) }, later(20_000));
    const { data } = await listSessions(owner, { limit: 100 }, later(20_000));
    expect(data.find((session) => session.subject === subject)?.started_at).toBe(later(20_000).toISOString());
  });

  it("lists pages of the alive sessions, latest start first", async () => {
    const at = later(100_000);
    for (let index = 0; index < 5; index += 1) {
      const { id, subject } = await createClient(`Paged ${index}`);
      await extendSession("acme-corp", { applicationId: id, keyPairId, subject, expiresAt: later(60, at) }, at);
    }
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listSessions(owner, { limit: 2, ...(cursor ? { cursor } : {}) }, at);
      expect(page.total).toBe(5);
      seen.push(...page.data.map((session) => session.application.name));
      cursor = page.next_cursor ?? undefined;
    } while (cursor !== undefined);
    expect(seen.sort()).toEqual([0, 1, 2, 3, 4].map((index) => `Paged ${index}`));
  });

  it("refuses a cursor that is not ours, and who may not see keys", async () => {
    await expect(listSessions(owner, { limit: 2, cursor: "bm9wZQ" })).rejects.toMatchObject({
      code: "request.invalid",
    });
    const nobody = { ...owner, permissions: new Set<never>() };
    await expect(listSessions(nobody, { limit: 2 })).rejects.toMatchObject({ code: "auth.forbidden" });
  });

  it("a stranger sees none of another organization's sessions", async () => {
    const stranger = await createTestOrganization(`stranger-${fixture.provider}`, NOW);
    expect(await listSessions(stranger, { limit: 100 }, later(100_000))).toMatchObject({ data: [], total: 0 });
    expect((await summarizeActiveSessions(stranger.organizationId, later(100_000))).total).toBe(0);
    const auditor = await createTestMember("acme-corp", "auditor", NOW);
    expect((await listSessions(auditor, { limit: 100 }, later(100_000))).total).toBe(5);
  });

  it("the status counts the same sessions as the list, at every moment and when some were revoked", async () => {
    const { id } = await database().session.findFirstOrThrow({ where: { organizationId: "acme-corp" } });
    await database().session.update({ where: { id }, data: { revokedAt: later(100_000) } });
    const counts: number[] = [];
    for (const seconds of [0, 5000, 20_000, 50_000, 100_000, 103_700, 200_000]) {
      const { total } = await listSessions(owner, { limit: 100 }, later(seconds));
      expect((await summarizeActiveSessions("acme-corp", later(seconds))).total).toBe(total);
      counts.push(total);
    }
    expect(new Set(counts).size).toBeGreaterThan(1);
    await database().session.update({ where: { id }, data: { revokedAt: null } });
  });

  it("no session can be stored for an application that was deleted meanwhile", async () => {
    const { id, subject } = await createClient("Deleted");
    await deleteApplication(owner, { id }, NOW);
    const use = { applicationId: id, keyPairId, subject, expiresAt: later(60) };
    await expect(extendSession("acme-corp", use, NOW)).rejects.toMatchObject({ code: "application.not_found" });
  });

  it("a stored end is never below an end that was promised, whatever the order and however often the process starts anew", async () => {
    const { id, subject } = await createClient("Property");
    let promised = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            life: fc.integer({ min: 1, max: 86_400 }),
            step: fc.integer({ min: 0, max: 90 }),
            restart: fc.boolean(),
          }),
          { minLength: 1, maxLength: 12 },
        ),
        async (uses) => {
          let clock = NOW;
          for (const { life, step, restart } of uses) {
            clock = later(step, clock);
            const use = { applicationId: id, keyPairId, subject, expiresAt: later(life, clock) };
            if (restart) await setEnvironment({ DATABASE_URL: fixture.url });
            if (!peekStoredSession("acme-corp", use)) await extendSession("acme-corp", use, clock);
            promised = Math.max(promised, use.expiresAt.getTime());
            expect((await storedEnd(use))?.getTime()).toBeGreaterThanOrEqual(promised);
          }
        },
      ),
      { numRuns: 10 },
    );
  });

  it("many uses at once end in one stored session at or beyond the latest of them", async () => {
    const { id, subject } = await createClient("At once");
    const ends = Array.from({ length: 40 }, (_, index) => later(60 + index * 13));
    await Promise.all(
      ends.map((expiresAt) => extendSession("acme-corp", { applicationId: id, keyPairId, subject, expiresAt }, NOW)),
    );
    const rows = await database().session.findMany({ where: { applicationId: id } });
    expect(rows).toHaveLength(1);
    expect(rows[0]?.expiresAt.getTime()).toBeGreaterThanOrEqual(later(60 + 39 * 13).getTime());
  });
});
