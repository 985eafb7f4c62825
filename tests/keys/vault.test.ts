import { expect, it } from "vitest";
import { database } from "#lib/db/client.ts";
import { assertMasterKeyOpens, openPrivateKey, sealPrivateKey } from "#lib/keys/vault.ts";
import { createTestOrganization, describeOnEveryDatabase, useEnvironment } from "../support/database.ts";
import { testKeyPair } from "../support/keys.ts";

const OTHER_MASTER_KEY = "b3RoZXIgbWFzdGVyIGtleSBvZiAzMiBieXRlcy4uLiE=";
const PLACE = { organizationId: "acme-corp", keyPairId: "pair" };

describeOnEveryDatabase("the vault", (fixture) => {
  it("J3: seals for one row, wipes the clear bytes, and opens as a signer only", async () => {
    const { privateKeyDer } = testKeyPair("p256");
    const sealed = sealPrivateKey(PLACE, privateKeyDer);
    expect(privateKeyDer.every((byte) => byte === 0)).toBe(true);
    await expect(openPrivateKey(PLACE, sealed, "ES256").sign(Buffer.from("data"))).resolves.toHaveLength(64);
    expect(() => openPrivateKey({ ...PLACE, keyPairId: "other" }, sealed, "ES256")).toThrow(
      expect.objectContaining({ code: "seal.unreadable" }),
    );
  });

  it("an empty database takes any master key, and several processes record it once", async () => {
    await Promise.all([assertMasterKeyOpens(), assertMasterKeyOpens(), assertMasterKeyOpens()]);
    expect(await database().masterKey.count()).toBe(1);
    await useEnvironment({ DATABASE_URL: fixture.url, SIGNET_MASTER_KEY: OTHER_MASTER_KEY });
    await assertMasterKeyOpens();
    await useEnvironment({ DATABASE_URL: fixture.url });
  });

  it("G2, U5: the start is refused with another master key than the one that sealed what is stored", async () => {
    await createTestOrganization("acme-corp");
    await assertMasterKeyOpens();
    await useEnvironment({ DATABASE_URL: fixture.url, SIGNET_MASTER_KEY: OTHER_MASTER_KEY });
    await expect(assertMasterKeyOpens()).rejects.toMatchObject({
      code: "seal.wrong_master_key",
      message: expect.stringContaining("SIGNET_MASTER_KEY"),
    });
    expect(await database().keyPair.count()).toBe(2);
    await useEnvironment({ DATABASE_URL: fixture.url });
    await expect(assertMasterKeyOpens()).resolves.toBeUndefined();
  });

  it("a probe that was tampered with stops the start", async () => {
    const rows = await database().masterKey.findMany();
    for (const row of rows) {
      const probe = row.probe.slice(0, -1) + (row.probe.endsWith("A") ? "B" : "A");
      await database().masterKey.update({ where: { id: row.id }, data: { probe } });
    }
    await expect(assertMasterKeyOpens()).rejects.toMatchObject({ code: "seal.wrong_master_key" });
  });

  it("no column of the database holds a private key in clear", async () => {
    const rows = await database().keyPair.findMany();
    const { privateKeyDer } = testKeyPair("rsa2048");
    const header = privateKeyDer.subarray(0, 20).toString("base64").slice(0, 12);
    for (const row of rows) {
      expect(row.sealedPrivateKey).toMatch(/^signet:v1:[\w-]{16}:[\w-]+:[\w-]+$/);
      expect(JSON.stringify(row)).not.toMatch(new RegExp(`PRIVATE|"d":|${header.replaceAll("+", "\\+")}`));
    }
  });
});
