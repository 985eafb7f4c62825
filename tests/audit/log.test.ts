import { expect, test } from "vitest";
import { recordAuditEvent, recordDenial } from "#lib/audit/repository.ts";
import { listAuditEventsSchema } from "#lib/audit/schema.ts";
import { getAuditEvent, listAuditEvents, listAuditHeadlines } from "#lib/audit/service.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { database } from "#lib/db/client.ts";
import { appendToOrganization } from "#lib/db/transaction.ts";
import { type AppError, isAppError } from "#lib/errors.ts";
import { renameOrganization } from "#lib/organizations/service.ts";
import { describeOnEveryDatabase } from "../support/database.ts";
import { createTestMember, createTestOrganization } from "../support/organizations.ts";

async function append(actor: Actor, kid: string, at = new Date()): Promise<void> {
  const target = { type: "key", id: kid, name: kid } as const;
  await appendToOrganization(actor.organizationId, (transaction) =>
    recordAuditEvent(transaction, actor, { action: "key.rotated", target, kid, reason: "a reason" }, at),
  );
}

function query(values: Record<string, unknown> = {}) {
  return listAuditEventsSchema.parse(values);
}

describeOnEveryDatabase("the audit log", (fixture) => {
  test("L1: thirty writers at once leave a sequence without a gap, each organization its own", async () => {
    const acme = await createTestOrganization("acme-corp");
    const globex = await createTestOrganization("globex");
    await Promise.all(
      Array.from({ length: 30 }, (_, index) => append(index % 3 === 0 ? globex : acme, `kid-${index}`)),
    );
    for (const actor of [acme, globex]) {
      const { data } = await listAuditEvents(actor, query({ limit: 100 }));
      expect(data.map((event) => event.sequence)).toEqual(data.map((_, index) => data.length - index));
    }
  });

  test("pages follow one another without a gap or a repeat while new events arrive, and filters hold", async () => {
    const actor = await createTestOrganization("paged");
    for (let index = 0; index < 25; index += 1) await append(actor, `kid-${index % 2}`);
    const seen: number[] = [];
    let cursor: string | undefined;
    do {
      const page = await listAuditEvents(actor, query({ limit: 7, cursor, action: "key.rotated" }));
      seen.push(...page.data.map((event) => event.sequence));
      cursor = page.next_cursor ?? undefined;
      await append(actor, "kid-late");
    } while (cursor !== undefined);
    expect(seen).toHaveLength(25);
    expect(seen).toEqual([...seen].sort((one, other) => other - one));
    const odd = await listAuditEvents(actor, query({ kid: "kid-1" }));
    expect(odd.data).toHaveLength(12);
    expect(odd.data[0]).toMatchObject({ kid: "kid-1", reason: "a reason", actor: { name: actor.name } });
  });

  test("one event is read by its number, in its own organization, by whoever may see the log", async () => {
    const [actor, other] = [await createTestOrganization("numbered"), await createTestOrganization("numbered-too")];
    await append(actor, "kid-of-one");
    const { data } = await listAuditEvents(actor, query());
    const [latest] = data;
    const { sequence } = latest ?? { sequence: 0 };
    expect(await getAuditEvent(actor, { sequence })).toEqual(latest);
    expect((await listAuditHeadlines(actor, query())).data).toEqual(
      data.map(({ sequence, at, action, outcome, kid, actor: by, target }) => {
        return { sequence, at, action, outcome, kid, actor_name: by.name, target_name: target.name };
      }),
    );
    await expect(getAuditEvent(other, { sequence })).rejects.toMatchObject({ code: "request.not_found" });
    await expect(getAuditEvent(actor, { sequence: sequence + 1 })).rejects.toMatchObject({ code: "request.not_found" });
    const viewer = { ...actor, permissions: new Set(["certificates.view"] as const) };
    await expect(getAuditEvent(viewer, { sequence })).rejects.toMatchObject({ code: "auth.forbidden" });
    await expect(listAuditHeadlines(viewer, query())).rejects.toMatchObject({ code: "auth.forbidden" });
  });

  test("every part of an event is where it belongs, and what was not given is null", async () => {
    const actor = { ...(await createTestOrganization("whole")), address: "203.0.113.7", requestId: "a request" };
    const at = new Date("2026-03-01T12:34:56.789Z");
    const target = { type: "certificate", id: "an id", name: "a name" } as const;
    const states = { before: { name: "old" }, after: { name: "new", count: 2 } };
    const full = {
      action: "certificate.generated",
      outcome: "failed",
      target,
      kid: "a kid",
      reason: "a reason",
      ...states,
    } as const;
    const { organizationId } = actor;
    await appendToOrganization(organizationId, async (transaction) => {
      await recordAuditEvent(transaction, actor, full, at);
      const bare = { action: "certificate.generated", target } as const;
      await recordAuditEvent(transaction, { ...actor, address: null }, bare, at);
    });
    const [second, first] = (await listAuditEvents(actor, query({ limit: 2 }))).data;
    const { type, id, name } = actor;
    const common = { id: expect.any(String), at: at.toISOString(), action: "certificate.generated", target };
    expect(first).toEqual({
      ...common,
      sequence: (second?.sequence ?? 0) - 1,
      outcome: "failed",
      actor: { type, id, name },
      kid: "a kid",
      reason: "a reason",
      ...states,
      address: "203.0.113.7",
      request_id: "a request",
    });
    expect(second).toEqual({
      ...common,
      sequence: second?.sequence,
      outcome: "success",
      actor: { type, id, name },
      ...{ kid: null, reason: null, before: null, after: null, address: null },
      request_id: "a request",
    });
  });

  test("A1: another organization's events are never shown, also not by its cursor", async () => {
    const mine = await createTestOrganization("mine");
    const theirs = await createTestOrganization("theirs");
    for (const kid of ["a", "b", "c"]) await append(theirs, kid);
    const { next_cursor: cursor } = await listAuditEvents(theirs, query({ limit: 1 }));
    const page = await listAuditEvents(mine, query({ cursor }));
    expect(page.data.every((event) => event.actor.name !== theirs.name)).toBe(true);
  });

  test("J6: who may not view the log is refused, and L2: the refusal stands in it", async () => {
    const owner = await createTestOrganization("refusing");
    const appAdmin = await createTestMember("refusing", "app-admin");
    const error: unknown = await listAuditEvents(appAdmin, query()).catch((reason: unknown) => reason);
    expect(isAppError(error, "auth.forbidden")).toBe(true);
    await recordDenial(appAdmin, "GET /api/v1/admin/audit-events", error as AppError);
    const { data } = await listAuditEvents(owner, query({ outcome: "denied" }));
    expect(data[0]).toMatchObject({
      action: "access.denied",
      actor: { name: appAdmin.name },
      target: { type: "route", name: "GET /api/v1/admin/audit-events" },
      after: { code: "auth.forbidden", required_permission: "audit.view" },
    });
  });

  test("a cursor that is not ours is refused with its field", async () => {
    const actor = await createTestOrganization("cursors");
    const forged = Buffer.from(JSON.stringify(["NaN", "x"])).toString("base64url");
    for (const cursor of ["nonsense", forged]) {
      const error: unknown = await listAuditEvents(actor, query({ cursor })).catch((reason: unknown) => reason);
      expect(isAppError(error, "request.invalid") && error.errors?.[0]?.field).toBe("cursor");
    }
  });

  test("a filter that no kid and no actor can be is refused before a database sees it", () => {
    for (const hostile of ["a\0b", "\ud800", "", "x".repeat(201)]) {
      expect(listAuditEventsSchema.safeParse({ kid: hostile }).success).toBe(false);
      expect(listAuditEventsSchema.safeParse({ actor_id: hostile }).success).toBe(false);
    }
    expect(query({ actor_id: "signet start", kid: "nY-3_z" })).toMatchObject({ actor_id: "signet start" });
  });

  test("L1: events can be neither changed nor deleted, and without an event there is no change", async () => {
    const actor = await createTestOrganization("strict");
    await append(actor, "kid");
    await expect(database().auditEvent.updateMany({ data: { reason: "forged" } })).rejects.toThrow();
    await expect(database().auditEvent.deleteMany({})).rejects.toThrow();
    await breakAuditLog(fixture.provider);
    await expect(renameOrganization(actor, { name: "Changed" })).rejects.toThrow();
    expect((await database().organization.findUniqueOrThrow({ where: { id: "strict" } })).name).toBe("strict");
    expect(await listAuditEvents(actor, query({ action: "organization.renamed" }))).toMatchObject({ data: [] });
  });
});

/** From here on no event can be written, as on a full disk. */
async function breakAuditLog(provider: "sqlite" | "postgresql"): Promise<void> {
  const statements =
    provider === "sqlite"
      ? [`CREATE TRIGGER broken BEFORE INSERT ON "AuditEvent" BEGIN SELECT RAISE(ABORT, 'broken'); END`]
      : [
          `CREATE FUNCTION broken() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION 'broken'; END $$ LANGUAGE plpgsql`,
          `CREATE TRIGGER broken BEFORE INSERT ON "AuditEvent" FOR EACH ROW EXECUTE FUNCTION broken()`,
        ];
  for (const statement of statements) await database().$executeRawUnsafe(statement);
}
