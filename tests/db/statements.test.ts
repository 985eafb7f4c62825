import { expect, it } from "vitest";
import { database, joinSql, sql } from "#lib/db/client.ts";
import { readRows } from "#lib/db/statements.ts";
import { changeOrganization } from "#lib/db/transaction.ts";
import { toProblem } from "#lib/http/problem.ts";
import { createTestOrganization, describeOnEveryDatabase, useEnvironment } from "../support/database.ts";

describeOnEveryDatabase("reads that go past Prisma's client", ({ provider }) => {
  it("give the very values that the client gives: texts, numbers, nulls, moments, and integers of 64 bits", async () => {
    await createTestOrganization("exact");
    const at = new Date("2026-11-30T12:00:00.120Z");
    await database().signingKey.updateMany({
      where: { organizationId: "exact", state: "next" },
      data: { rotatedAt: at },
    });
    const keys = sql`
      SELECT s."id", s."state", s."publishedAt", s."rotatedAt", s."droppedAt", k."rsaBits", k."publicJwk"
      FROM "SigningKey" s JOIN "KeyPair" k ON k."id" = s."keyPairId"
      WHERE ${joinSql([sql`s."organizationId" = ${"exact"}`, sql`(s."rotatedAt" IS NULL OR s."rotatedAt" = ${at})`], " AND ")}
      ORDER BY s."state"`;
    const read = await readRows<{ state: string; rotatedAt: Date | null }>(keys);
    expect(read).toEqual(await database().$queryRaw(keys));
    expect(read.map(({ state, rotatedAt }) => [state, rotatedAt])).toEqual([
      ["current", null],
      ["next", at],
    ]);
    const counts = sql`SELECT COUNT(*) AS "count", MAX("sequence") AS "latest" FROM "AuditEvent"`;
    expect(await readRows(counts)).toEqual(await database().$queryRaw(counts));
    expect(await readRows(sql`SELECT "id" FROM "Organization" WHERE "id" = ${"nobody"}`)).toEqual([]);
  });

  it("take values as values, whatever is in them", async () => {
    const hostile = `'; DROP TABLE "Organization"; -- $1 ? :1`;
    expect(await readRows(sql`SELECT "id" FROM "Organization" WHERE "name" = ${hostile}`)).toEqual([]);
    expect(await readRows(sql`SELECT "id" FROM "Organization" WHERE "id" = ${"exact"}`)).toEqual([{ id: "exact" }]);
  });

  it("see in a transaction what it has written, and outside of it only what is committed", async () => {
    await createTestOrganization("inside");
    const name = sql`SELECT "name" FROM "Organization" WHERE "id" = ${"inside"}`;
    const [before] = await readRows<{ name: string }>(name);
    await changeOrganization("inside", async (transaction) => {
      await transaction.organization.update({ where: { id: "inside" }, data: { name: "Changed" } });
      expect(await readRows(name, transaction)).toEqual([{ name: "Changed" }]);
      expect(await readRows(name)).toEqual([before]);
    });
    expect(await readRows(name)).toEqual([{ name: "Changed" }]);
  });

  it("go on when Prisma has given its connections up, and refuse a type that they would tell wrongly", async () => {
    const one = sql`SELECT "id" FROM "Organization" WHERE "id" = ${"exact"}`;
    await database().$disconnect();
    expect(await readRows(one)).toEqual([{ id: "exact" }]);
    expect(await database().organization.count({ where: { id: "exact" } })).toBe(1);
    const bytes = provider === "sqlite" ? sql`SELECT x'00ff' AS "bytes"` : sql`SELECT '\\x00ff'::bytea AS "bytes"`;
    await expect(readRows(bytes)).rejects.toThrow("type");
  });

  it("fail as the client fails: a statement that is wrong is our fault", async () => {
    const wrong = sql`SELECT "nothing" FROM "Nowhere"`;
    const failures = await Promise.allSettled([readRows(wrong), database().$queryRaw(wrong)]);
    const [ours, prismas] = failures.map((failed) => (failed.status === "rejected" ? failed.reason : null));
    expect(ours).toMatchObject({ code: "P2010", message: expect.stringContaining("Nowhere") });
    expect(prismas).toMatchObject({ code: "P2010", message: expect.stringContaining("Nowhere") });
    expect(toProblem(ours, "").code).toBe("internal.unexpected");
  });

  it.runIf(provider === "postgresql")("storage that is away is an outage", async () => {
    await useEnvironment({ DATABASE_URL: "postgresql://nobody@127.0.0.1:9/none" });
    const away = await readRows(sql`SELECT 1`).catch((error: unknown) => error);
    expect(toProblem(away, "").code).toBe("storage.unavailable");
  });
});
