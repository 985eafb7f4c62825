import { expect, it, vi } from "vitest";
import { database, openDatabase } from "#lib/db/client.ts";
import { getJwksDocument } from "#lib/jwks/service.ts";
import { rotateSigningKey } from "#lib/keys/service.ts";
import { createTestOrganization, describeOnEveryDatabase } from "../support/database.ts";

const ES256 = { algorithm: "ES256" } as const;

async function fetchedUntil(organizationId: string): Promise<number> {
  const row = await database().organization.findUniqueOrThrow({ where: { id: organizationId } });
  return row.jwksFetchedUntil?.getTime() ?? 0;
}

describeOnEveryDatabase("the evidence of fetches while storage is slow", (fixture) => {
  // A lock that another connection of this very process holds would stop SQLite, which waits without yielding.
  if (fixture.provider === "sqlite") {
    it("a fetch is on record before it is answered", async () => {
      await createTestOrganization("quick");
      await getJwksDocument("quick");
      expect(await fetchedUntil("quick")).toBeGreaterThan(Date.now());
    });
    return;
  }

  it("a fetch that was answered without a record closes the gate as well, also that of another organization", async () => {
    const other = await createTestOrganization("slow-other");
    await createTestOrganization("slow");
    const blocker = openDatabase({ provider: fixture.provider, url: fixture.url });
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    let blocked: Promise<void> = Promise.resolve();
    await new Promise<void>((locked) => {
      blocked = blocker.$transaction(
        async (transaction) => {
          await transaction.organization.update({ where: { id: "slow" }, data: { name: "slow" } });
          locked();
          await released;
        },
        { timeout: 20_000 },
      );
    });
    await getJwksDocument("slow");
    await getJwksDocument("slow-other");
    expect(await fetchedUntil("slow-other")).toBe(0);
    release();
    await blocked;
    await blocker.$disconnect();
    await vi.waitFor(async () => expect(await fetchedUntil("slow-other")).toBeGreaterThan(Date.now()), 5000);
    await rotateSigningKey(other, ES256);
    await expect(rotateSigningKey(other, ES256)).rejects.toMatchObject({ code: "key.next_not_propagated" });
  });
});
