import { beforeAll, expect, it } from "vitest";
import type { Actor } from "#lib/auth/actor.ts";
import { database } from "#lib/db/client.ts";
import {
  dropSigningKey,
  getSigningKeyStatus,
  listPublishedKeys,
  previewDrop,
  previewRotation,
  rotateSigningKey,
} from "#lib/keys/service.ts";
import { getTokenSigner } from "#lib/keys/signing.ts";
import { extendSession } from "#lib/sessions/machine-sessions.ts";
import { createTestOrganization, describeOnEveryDatabase } from "../support/database.ts";
import { addOidc, addSaml, auditOf, later, T0 } from "../support/key-life.ts";

const ES256 = { algorithm: "ES256" } as const;

describeOnEveryDatabase("dropping a previous key", () => {
  let owner: Actor;
  beforeAll(async () => {
    owner = await createTestOrganization("dropping", T0);
    await addOidc(owner, 1800);
    await addOidc(owner, 3600);
    await addSaml(owner, "wiki");
  });

  it("without one there is nothing to drop", async () => {
    await expect(dropSigningKey(owner, { force: true }, T0)).rejects.toMatchObject({ code: "key.no_previous" });
    await expect(previewDrop(owner, { force: true }, T0)).rejects.toMatchObject({ code: "key.no_previous" });
  });

  it("J13, J19: a dry run of the rotation names the SAML applications that break and changes nothing", async () => {
    const before = await getSigningKeyStatus(owner, later(1));
    const impact = await previewRotation(owner, { algorithm: "RS384", rsa_bits: 3072 }, later(1));
    expect(impact).toMatchObject({
      dry_run: true,
      would_succeed: true,
      refusal: null,
      current_kid: before.current_kid,
      next_current_kid: before.next_kid,
      new_next_key: { algorithm: "RS384", rsa_bits: 3072 },
      saml_apps_using_default_cert: 1,
      saml_applications: [{ name: "wiki", entity_id: "https://wiki.example" }],
    });
    expect(await getSigningKeyStatus(owner, later(1))).toEqual(before);
  });

  it("J15, J16, J17: refused until the longest token expiry has passed since the rotation", async () => {
    const { prev_key } = await rotateSigningKey(owner, ES256, later(10));
    expect(prev_key).toMatchObject({ safe_to_drop: false, seconds_until_safe: 3600 });
    const pending = await getSigningKeyStatus(owner, later(3609));
    expect(pending.prev_key).toMatchObject({ safe_to_drop: false, seconds_until_safe: 1 });
    await expect(dropSigningKey(owner, { force: false }, later(3609))).rejects.toMatchObject({
      code: "key.not_safe_to_drop",
      details: { kid: prev_key?.kid, seconds_until_safe: 1, active_sessions: 0 },
    });
    const green = await getSigningKeyStatus(owner, later(3610));
    expect(green.prev_key).toMatchObject({ safe_to_drop: true, seconds_until_safe: 0 });
  });

  it("J14, G7: once it is safe it leaves the JWKS, its private half is destroyed, and the row stays as history", async () => {
    const { prev_key } = await getSigningKeyStatus(owner, later(3610));
    const impact = await previewDrop(owner, { force: false }, later(3610));
    expect(impact).toMatchObject({ would_succeed: true, safe_to_drop: true, kid: prev_key?.kid });
    const status = await dropSigningKey(owner, { force: false }, later(3610));
    expect(status).toMatchObject({ has_prev_key: false, prev_key: null });
    expect(status.dropped_keys[0]).toMatchObject({ kid: prev_key?.kid, dropped_at: later(3610).toISOString() });
    expect((await listPublishedKeys("dropping")).map((key) => key.kid)).not.toContain(prev_key?.kid);
    const row = await database().keyPair.findFirst({
      where: { organizationId: "dropping", kid: prev_key?.kid ?? "" },
    });
    expect(row?.sealedPrivateKey).toBeNull();
    expect(await auditOf("dropping", "key.dropped")).toMatchObject([{ kid: prev_key?.kid, after: { forced: false } }]);
    const again = dropSigningKey(owner, { kid: prev_key?.kid ?? "", force: true }, later(3611));
    await expect(again).rejects.toMatchObject({ code: "key.not_previous", details: { state: "dropped" } });
  });

  it("PRODUCT 3: lowering the expiry after signing does not turn the light green early", async () => {
    const signer = await getTokenSigner("dropping");
    const exp = Math.floor(later(9000).getTime() / 1000);
    await signer.sign({ typ: "at+jwt", claims: { exp } });
    await database().application.updateMany({
      where: { organizationId: "dropping", protocol: "oidc" },
      data: { tokenExpirySecs: 60 },
    });
    await rotateSigningKey(owner, ES256, later(4000));
    const { prev_key } = await getSigningKeyStatus(owner, later(8999));
    expect(prev_key?.safe_to_drop).toBe(false);
    await expect(dropSigningKey(owner, { force: false }, later(8999))).rejects.toMatchObject({
      code: "key.not_safe_to_drop",
    });
  });

  it("J17, L6: forced, it goes at once with its sessions, and the audit log says that it was", async () => {
    const { prev_key } = await getSigningKeyStatus(owner, later(4001));
    const keyPair = await database().keyPair.findFirstOrThrow({
      where: { organizationId: "dropping", kid: prev_key?.kid ?? "" },
    });
    const application = await database().application.findFirstOrThrow({
      where: { organizationId: "dropping", protocol: "oidc" },
    });
    const use = { applicationId: application.id, keyPairId: keyPair.id, subject: "worker", expiresAt: later(9000) };
    await extendSession("dropping", use, later(4001));
    expect(await getSigningKeyStatus(owner, later(4001))).toMatchObject({ active_sessions: 1 });
    const status = await dropSigningKey(owner, { kid: prev_key?.kid, force: true }, later(4001));
    expect(status).toMatchObject({ has_prev_key: false, active_sessions: 0 });
    expect((await auditOf("dropping", "key.dropped")).at(-1)).toMatchObject({
      kid: prev_key?.kid,
      after: { forced: true },
    });
  });

  it("neither the current nor the next key can be dropped, nor a foreign one", async () => {
    const { current_kid, next_kid } = await getSigningKeyStatus(owner, later(4002));
    const foreign = await getSigningKeyStatus(await createTestOrganization("foreign"));
    for (const kid of [current_kid, next_kid]) {
      await expect(dropSigningKey(owner, { kid, force: true }, later(4002))).rejects.toMatchObject({
        code: "key.not_previous",
      });
    }
    for (const kid of [foreign.current_kid, "missing"]) {
      await expect(dropSigningKey(owner, { kid, force: true }, later(4002))).rejects.toMatchObject({
        code: "key.not_found",
      });
    }
  });
});
