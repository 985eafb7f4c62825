import { X509Certificate } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "#lib/auth/actor.ts";
import { permissionsOfRole } from "#lib/auth/permissions.ts";
import { database } from "#lib/db/client.ts";
import { raiseFetchedUntil } from "#lib/jwks/repository.ts";
import { findLiveKeys } from "#lib/keys/repository.ts";
import {
  dropSigningKey,
  getSigningKeyStatus,
  listPublishedKeys,
  previewDrop,
  previewRotation,
  replaceNextKey,
  rotateSigningKey,
} from "#lib/keys/service.ts";
import { createTestMember, createTestOrganization, describeOnEveryDatabase } from "../support/database.ts";
import { auditOf, later, T0 } from "../support/key-life.ts";

const ES256 = { algorithm: "ES256" } as const;

describeOnEveryDatabase("the signing-key service", () => {
  describe("a rotation", () => {
    let owner: Actor;
    beforeAll(async () => {
      owner = await createTestOrganization("rotating", T0);
    });

    it("J8, J9, J18: the status names current and next key, and no previous one before a rotation", async () => {
      const status = await getSigningKeyStatus(owner, later(1));
      expect(status).toMatchObject({
        organization_id: "rotating",
        current_key_created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        has_prev_key: false,
        prev_key: null,
        prev_keys: [],
        active_sessions: 0,
        max_token_expiry_secs: 0,
        saml_apps_using_default_cert: 0,
        algorithm: "RS256",
        server_time: later(1).toISOString(),
      });
      expect(status.current_key.rsa_bits).toBe(2048);
      expect(status.next_kid).toBe(status.next_key.kid);
      expect(JSON.stringify(status)).not.toMatch(/signet:v1|sealed|PRIVATE/i);
    });

    it("J11, G5, G6, L4: moves every key one slot on and publishes a new next key of the algorithm asked for", async () => {
      const before = await getSigningKeyStatus(owner, later(2));
      const after = await rotateSigningKey(owner, { expected_current_kid: before.current_kid, ...ES256 }, later(3));
      expect(after).toMatchObject({
        current_kid: before.next_kid,
        has_prev_key: true,
        prev_key: { kid: before.current_kid, rotated_at: later(3).toISOString() },
        next_key: { algorithm: "ES256", rsa_bits: null, published_at: later(3).toISOString() },
        algorithm: "RS256",
      });
      expect(after.prev_keys).toHaveLength(1);
      const published = await listPublishedKeys("rotating");
      expect(published.map((key) => key.kid)).toEqual([after.current_kid, after.next_kid, before.current_kid]);
    });

    it("the audit log says who, which kid, why, and the slots before and after", async () => {
      const before = await getSigningKeyStatus(owner, later(4));
      const after = await rotateSigningKey(owner, { override_reason: "quarterly" }, later(5));
      expect((await auditOf("rotating", "key.rotated")).at(-1)).toMatchObject({
        actorId: owner.id,
        kid: after.current_kid,
        reason: "quarterly",
        outcome: "success",
        targetName: after.current_kid,
        before: { current_kid: before.current_kid, next_kid: before.next_kid },
        after: { current_kid: after.current_kid, next_kid: after.next_kid, gate_overridden: false },
      });
      expect(after.algorithm).toBe("ES256");
      expect(after.next_key.algorithm).toBe("ES256");
    });

    it("who saw another current kid gets key.already_rotated with the kid that is current", async () => {
      const { current_kid } = await getSigningKeyStatus(owner, later(6));
      await expect(rotateSigningKey(owner, { expected_current_kid: "seen-before" }, later(7))).rejects.toMatchObject({
        code: "key.already_rotated",
        details: { current_kid },
      });
    });

    it("J2, J12: each key has its own certificate in the organization's name, that of the current key is the default", async () => {
      const status = await getSigningKeyStatus(owner, later(8));
      const keys = await findLiveKeys("rotating");
      const current = keys.find((key) => key.state === "current");
      const certificate = new X509Certificate(current?.certificatePem ?? "");
      expect(certificate.fingerprint256).toBe(status.current_key.certificate_fingerprint_sha256);
      expect(certificate.subject).toBe("CN=rotating");
      expect(new Set(keys.map((key) => key.certificatePem)).size).toBe(keys.length);
    });

    it("an algorithm that is not offered, or a size for a curve, is refused before anything is written", async () => {
      const { current_kid } = await getSigningKeyStatus(owner, later(9));
      await expect(rotateSigningKey(owner, { rsa_bits: 4096 }, later(9))).rejects.toMatchObject({
        code: "key.unsupported_algorithm",
      });
      expect((await getSigningKeyStatus(owner, later(9))).current_kid).toBe(current_kid);
    });
  });

  it("50 rotates at once make one rotation and 49 key.already_rotated", async () => {
    for (const [organizationId, input] of [
      ["fifty", ES256],
      ["fifty-seen", null],
    ] as const) {
      const owner = await createTestOrganization(organizationId);
      const { current_kid } = await getSigningKeyStatus(owner);
      const call = () => rotateSigningKey(owner, input ?? { ...ES256, expected_current_kid: current_kid });
      const outcomes = await Promise.allSettled(Array.from({ length: 50 }, call));
      const codes = outcomes.map((outcome) => (outcome.status === "fulfilled" ? "rotated" : outcome.reason.code));
      expect(codes.filter((code) => code === "rotated")).toHaveLength(1);
      expect(codes.filter((code) => code === "key.already_rotated")).toHaveLength(49);
      expect(await auditOf(organizationId, "key.rotated")).toHaveLength(1);
      const states = (await findLiveKeys(organizationId)).map((key) => key.state).sort();
      expect(states).toEqual(["current", "next", "previous"]);
    }
  });

  it("a rotation that arrives after another one ended is a rotation of its own", async () => {
    const owner = await createTestOrganization("twice");
    const first = await rotateSigningKey(owner, ES256, new Date());
    const second = await rotateSigningKey(owner, ES256, new Date());
    expect(second.current_kid).toBe(first.next_kid);
    expect(second.prev_keys).toHaveLength(2);
  });

  it("the database itself refuses a second current or next key", async () => {
    await createTestOrganization("indexed");
    const [key] = await findLiveKeys("indexed");
    if (!key) throw new Error("no key");
    for (const state of ["current", "next"]) {
      const twin = database().signingKey.updateMany({ where: { organizationId: "indexed" }, data: { state } });
      await expect(twin).rejects.toThrow();
    }
  });

  it("L8, T10: the gate is closed after a fetch without the next key, and a reason opens it and is kept", async () => {
    const owner = await createTestOrganization("gated", T0);
    await raiseFetchedUntil("gated", later(40));
    const { next_kid } = await rotateSigningKey(owner, ES256, later(60));
    const status = await getSigningKeyStatus(owner, later(100));
    expect(status.next_key).toMatchObject({
      propagated: false,
      propagated_at: later(940).toISOString(),
      seconds_until_propagated: 840,
    });
    await expect(rotateSigningKey(owner, ES256, later(100))).rejects.toMatchObject({
      code: "key.next_not_propagated",
      details: { seconds_remaining: 840, next_kid, propagated_at: later(940).toISOString() },
    });
    expect((await previewRotation(owner, ES256, later(100))).refusal).toMatchObject({
      code: "key.next_not_propagated",
      seconds_remaining: 840,
    });
    const forced = await rotateSigningKey(owner, { ...ES256, override_reason: "key leaked" }, later(100));
    expect(forced.current_kid).toBe(next_kid);
    expect((await auditOf("gated", "key.rotated")).at(-1)).toMatchObject({
      reason: "key leaked",
      after: { gate_overridden: true },
    });
  });

  it("the gate opens by itself once every cache has expired", async () => {
    const owner = await createTestOrganization("patient", T0);
    await raiseFetchedUntil("patient", later(40));
    await rotateSigningKey(owner, ES256, later(60));
    await expect(rotateSigningKey(owner, ES256, later(939))).rejects.toMatchObject({
      details: { seconds_remaining: 1 },
    });
    await expect(rotateSigningKey(owner, ES256, later(940))).resolves.toMatchObject({ has_prev_key: true });
  });

  it("L7, G5: the next key can be replaced, so that a change of algorithm is published before it signs", async () => {
    const owner = await createTestOrganization("replacing", T0);
    const before = await getSigningKeyStatus(owner, later(1));
    const after = await replaceNextKey(owner, { algorithm: "ES512" }, later(2));
    expect(after.next_key).toMatchObject({ algorithm: "ES512", published_at: later(2).toISOString() });
    expect(after.current_kid).toBe(before.current_kid);
    expect(after.dropped_keys).toMatchObject([{ kid: before.next_kid, activated_at: null, signed_until: null }]);
    expect(await auditOf("replacing", "key.next_replaced")).toMatchObject([
      { kid: after.next_kid, before: { next_kid: before.next_kid, algorithm: "RS256" }, after: { algorithm: "ES512" } },
    ]);
    const rotated = await rotateSigningKey(owner, {}, later(3));
    expect([rotated.algorithm, rotated.next_key.algorithm]).toEqual(["ES512", "ES512"]);
  });

  it("J5, J6: who may only view sees the status and can change nothing", async () => {
    const owner = await createTestOrganization("roles");
    for (const role of ["auditor", "app-admin"] as const) {
      const viewer = await createTestMember("roles", role);
      await expect(getSigningKeyStatus(viewer)).resolves.toMatchObject({ organization_id: "roles" });
      for (const attempt of [
        () => rotateSigningKey(viewer, {}),
        () => previewRotation(viewer, {}),
        () => replaceNextKey(viewer, { algorithm: "ES256" }),
        () => dropSigningKey(viewer, { force: true }),
        () => previewDrop(viewer, { force: true }),
      ]) {
        await expect(attempt()).rejects.toMatchObject({ code: "auth.forbidden" });
      }
    }
    const stranger = { ...owner, permissions: new Set(permissionsOfRole("owner")), organizationId: "nowhere" };
    await expect(rotateSigningKey(stranger, {})).rejects.toMatchObject({
      code: expect.stringMatching(/^(key|organization)\./),
    });
    expect(await auditOf("roles", "key.rotated")).toHaveLength(0);
  });

  it("G2: no two organizations share a key", async () => {
    const keys = (await Promise.all(["roles", "gated", "patient", "rotating"].map((id) => findLiveKeys(id)))).flat();
    expect(new Set(keys.map((key) => JSON.stringify(key.publicJwk))).size).toBe(keys.length);
    expect(new Set(keys.map((key) => key.kid)).size).toBe(keys.length);
  });
});
