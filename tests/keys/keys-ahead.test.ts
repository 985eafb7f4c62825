import { beforeEach, expect, it } from "vitest";
import { keyTypeOf } from "#lib/crypto/algorithms.ts";
import { prepareKeyAhead, takeNewKey } from "#lib/keys/keys-ahead.ts";
import type { NewSigningKey } from "#lib/keys/repository.ts";
import { getSigningKeyStatus, rotateSigningKey } from "#lib/keys/service.ts";
import { createTestMember, createTestOrganization, describeOnEveryDatabase } from "../support/database.ts";
import { later, T0 } from "../support/key-life.ts";

const holder = globalThis as typeof globalThis & {
  signetKeysAhead?: Map<string, { key: Promise<NewSigningKey | null> }>;
};
const ahead = async (): Promise<NewSigningKey[]> =>
  (await Promise.all([...(holder.signetKeysAhead?.values() ?? [])].map(({ key }) => key))).filter(
    (key) => key !== null,
  );

describeOnEveryDatabase("keys made ahead", () => {
  beforeEach(() => holder.signetKeysAhead?.clear());

  it("the key made while the page is looked at is the one that the rotation publishes, once", async () => {
    const owner = await createTestOrganization("looked-at", T0);
    await getSigningKeyStatus(owner, later(1));
    await getSigningKeyStatus(owner, later(2));
    const [key, ...others] = await ahead();
    expect(others).toEqual([]);
    const first = await rotateSigningKey(owner, {}, later(60));
    expect(first.next_kid).toBe(key?.kid);
    expect(first.next_key.created_at).toBe(later(60).toISOString());
    const second = await rotateSigningKey(owner, { override_reason: "test" }, later(120));
    expect(second.current_kid).toBe(key?.kid);
    expect(second.next_kid).not.toBe(key?.kid);
  });

  it("who cannot rotate makes none, and however many organizations are looked at, there are never more than 16", async () => {
    await createTestOrganization("audited", T0);
    await getSigningKeyStatus(await createTestMember("audited", "auditor"), later(1));
    expect(await ahead()).toEqual([]);
    for (let index = 0; index < 40; index += 1) {
      prepareKeyAhead({ organizationId: `many-${index}`, name: "Many" }, keyTypeOf("ES256"), T0);
    }
    expect(await ahead()).toHaveLength(16);
  });

  it("a key of another name, type or organization is not taken", async () => {
    prepareKeyAhead({ organizationId: "named", name: "Before" }, keyTypeOf("ES256"), T0);
    const [key] = await ahead();
    const asked = [
      takeNewKey({ organizationId: "named", name: "After" }, keyTypeOf("ES256"), T0),
      takeNewKey({ organizationId: "named", name: "Before" }, keyTypeOf("ES384"), T0),
      takeNewKey({ organizationId: "other", name: "Before" }, keyTypeOf("ES256"), T0),
    ];
    for (const other of await Promise.all(asked)) expect(other.kid).not.toBe(key?.kid);
    const both = [1, 2].map(() => takeNewKey({ organizationId: "named", name: "Before" }, keyTypeOf("ES256"), T0));
    const kids = (await Promise.all(both)).map((taken) => taken.kid);
    expect(kids).toContain(key?.kid);
    expect(new Set(kids).size).toBe(2);
  });
});
