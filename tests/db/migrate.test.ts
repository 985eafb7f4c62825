import { expect, it } from "vitest";
import { database } from "#lib/db/client.ts";
import { migrate } from "#lib/db/migrate.ts";
import { describeOnEveryDatabase } from "../support/database.ts";

describeOnEveryDatabase("migrations", (fixture) => {
  it("leave a migrated database alone, also when several processes start together", async () => {
    const { provider, url } = fixture;
    await database().organization.create({ data: { id: "kept", name: "Kept", createdAt: new Date() } });
    await Promise.all([migrate({ provider, url }), migrate({ provider, url })]);
    expect(await database().organization.count()).toBe(1);
  });
});
