import { setTimeout } from "node:timers/promises";
import { expect, it } from "vitest";
import { database, sql, type Transaction } from "#lib/db/client.ts";
import { runningUnder, runTransaction } from "#lib/db/running-transaction.ts";
import { insertRow, readRows, writeRows } from "#lib/db/statements.ts";
import { changeOrganization } from "#lib/db/transaction.ts";
import { createTestOrganization, describeOnEveryDatabase } from "../support/database.ts";

const PATIENCE = { timeout: 15_000, maxWait: 15_000 };

async function nameOf(id: string): Promise<string> {
  return (await database().organization.findUniqueOrThrow({ where: { id } })).name;
}

function rename(id: string, name: string) {
  return sql`UPDATE "Organization" SET "name" = ${name} WHERE "id" = ${id}`;
}

describeOnEveryDatabase("statements given to the transaction under Prisma's", () => {
  it("take part in it with those of the client: they see each other, and are stored or taken back together", async () => {
    await createTestOrganization("together");
    const half = changeOrganization("together", async (transaction) => {
      expect(runningUnder(transaction)).not.toBeNull();
      expect(await writeRows(rename("together", "By a statement"), transaction)).toBe(1);
      const seen = await transaction.organization.findUniqueOrThrow({ where: { id: "together" } });
      expect(seen.name).toBe("By a statement");
      throw new Error("not this time");
    });
    await expect(half).rejects.toThrow("not this time");
    expect(await nameOf("together")).not.toBe("By a statement");
    await changeOrganization("together", async (transaction) => {
      await writeRows(rename("together", "By a statement"), transaction);
      await transaction.organization.update({ where: { id: "together" }, data: { createdAt: new Date(0) } });
    });
    expect(await nameOf("together")).toBe("By a statement");
  });

  it("belong to their own transaction when several are open, one within the other", async () => {
    await createTestOrganization("one");
    await createTestOrganization("other");
    const adapters = new Set<unknown>();
    const change = (id: string) =>
      changeOrganization(id, async (transaction) => {
        adapters.add(runningUnder(transaction));
        await writeRows(rename(id, `${id} renamed`), transaction);
        await setTimeout(5);
        await writeRows(rename(id, `${id} renamed twice`), transaction);
      });
    await Promise.all(Array.from({ length: 10 }, (_, index) => change(index % 2 === 0 ? "one" : "other")));
    expect(adapters.size).toBe(10);
    expect([await nameOf("one"), await nameOf("other")]).toEqual(["one renamed twice", "other renamed twice"]);
  });

  it("are refused after its end: the connection may be in somebody else's transaction by then", async () => {
    await createTestOrganization("late");
    let ended: Transaction | undefined;
    await changeOrganization("late", async (transaction) => {
      ended = transaction;
    });
    await expect(writeRows(rename("late", "Too late"), ended as Transaction)).rejects.toMatchObject({ code: "P2028" });
    await expect(readRows(sql`SELECT 1 AS "one"`, ended as Transaction)).rejects.toMatchObject({ code: "P2028" });
    const tooLong = runTransaction(
      database(),
      async (transaction) => {
        await setTimeout(400);
        await writeRows(rename("late", "Too late"), transaction);
      },
      { ...PATIENCE, timeout: 100 },
    );
    await expect(tooLong).rejects.toThrow();
    await setTimeout(500);
    expect(await nameOf("late")).not.toBe("Too late");
  });

  it("work in a transaction that was begun otherwise as well", async () => {
    await createTestOrganization("plain");
    await database().$transaction(async (transaction) => {
      expect(runningUnder(transaction)).toBeNull();
      await writeRows(rename("plain", "Plainly"), transaction);
      expect(await readRows(sql`SELECT "name" FROM "Organization" WHERE "id" = ${"plain"}`, transaction)).toEqual([
        { name: "Plainly" },
      ]);
    });
    expect(await nameOf("plain")).toBe("Plainly");
  });

  it("store the very values that the client stores, and name what was wrong as it does", async () => {
    await createTestOrganization("stored");
    const at = new Date("2026-12-01T10:20:30.040Z");
    const pair = { organizationId: "stored", algorithm: "RS256", publicJwk: `{"a":"'$1?"}`, createdAt: at };
    await database().keyPair.create({ data: { ...pair, id: "client", kid: "client", rsaBits: 2048, signedUntil: at } });
    const row = { ...pair, id: "statement", kid: "statement", rsaBits: 2048, signedUntil: at };
    await changeOrganization("stored", (transaction) => insertRow("KeyPair", row, transaction));
    const all = sql`SELECT * FROM "KeyPair" WHERE "kid" IN ('client', 'statement') ORDER BY "kid"`;
    const [byClient, byStatement] = await readRows<Record<string, unknown>>(all);
    expect({ ...byStatement, id: "", kid: "" }).toEqual({ ...byClient, id: "", kid: "" });
    const twice = changeOrganization("stored", (transaction) => insertRow("KeyPair", row, transaction));
    await expect(twice).rejects.toMatchObject({
      code: "P2010",
      meta: { driverAdapterError: { cause: { kind: "UniqueConstraintViolation" } } },
    });
  });
});
