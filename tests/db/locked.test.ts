import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout } from "node:timers/promises";
import { createClient } from "@libsql/client";
import { expect, it } from "vitest";
import { database } from "#lib/db/client.ts";
import { appendToOrganization, changeOrganization, writeAlone } from "#lib/db/transaction.ts";
import { env } from "#lib/env.ts";
import { createTestOrganization, describeOnEveryDatabase } from "../support/database.ts";

const HELD_MILLISECONDS = 1500;

/** Holds the write lock of the whole database, as another process in the middle of a long change does. */
async function holdLock(): Promise<() => Promise<void>> {
  const { url } = env().database;
  const client = createClient({ url });
  const transaction = await client.transaction("write");
  return async () => {
    await transaction.rollback();
    client.close();
  };
}

describeOnEveryDatabase("a database that is locked, or a transaction in disorder", ({ provider }) => {
  it.runIf(provider === "sqlite")(
    "SQLite: writes wait for the lock without holding up anything else, and then succeed",
    async () => {
      await createTestOrganization("locked");
      const release = await holdLock();
      const delays = monitorEventLoopDelay({ resolution: 5 });
      delays.enable();
      const rename = { where: { id: "locked" }, data: { name: "Renamed" } };
      const writes = Promise.all(
        Array.from({ length: 6 }, () => [
          changeOrganization("locked", (transaction) => transaction.organization.update(rename)),
          appendToOrganization("locked", async () => undefined),
          writeAlone((db) => db.organization.update(rename)),
        ]).flat(),
      );
      await setTimeout(HELD_MILLISECONDS);
      expect((await database().organization.findUnique({ where: { id: "locked" } }))?.name).not.toBe("Renamed");
      delays.disable();
      // A write that was given up leaves its connection in order, so that the next transaction can commit on it.
      await expect(database().organization.update(rename)).rejects.toThrow();
      await release();
      await writes;
      expect((await database().organization.findUnique({ where: { id: "locked" } }))?.name).toBe("Renamed");
      expect(delays.max / 1e6).toBeLessThan(400);
    },
  );

  it("a transaction that goes on after a statement failed stores nothing, and the next one is in order", async () => {
    await createTestOrganization("disorder");
    const rename = (name: string) => ({ where: { id: "disorder" }, data: { name } });
    const goingOn = database().$transaction(async (transaction) => {
      await transaction.organization.update(rename("Before"));
      await transaction.$executeRawUnsafe("no statement").catch(() => undefined);
      await transaction.organization.update(rename("After"));
    });
    await expect(goingOn).rejects.toThrow();
    const found = await database().organization.findUniqueOrThrow({ where: { id: "disorder" } });
    expect(["Before", "After"]).not.toContain(found.name);
    await changeOrganization("disorder", (transaction) => transaction.organization.update(rename("In order")));
    expect((await database().organization.findUnique({ where: { id: "disorder" } }))?.name).toBe("In order");
  });
});
