import { decodeJwt, decodeProtectedHeader } from "jose";
import { expect, it } from "vitest";
import { updateApplication } from "#lib/applications/service.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { database } from "#lib/db/client.ts";
import { dropSigningKey, getSigningKeyStatus, rotateSigningKey } from "#lib/keys/service.ts";
import { createTestOrganization, describeOnEveryDatabase } from "../support/database.ts";
import { askForToken, createTestClient, type TestClient } from "../support/oidc-client.ts";
import { createSignInClient, refresh, signIn } from "../support/sign-in-client.ts";

const OVERRIDE = { override_reason: "a test of the evidence" } as const;
const HOUR = { token_expiry_secs: 3600, id_token_expiry_secs: 3600 };

describeOnEveryDatabase("what tokens that were handed out say of a previous key", () => {
  let organizations = 0;

  async function begin(given: Record<string, unknown>): Promise<{ owner: Actor; client: TestClient }> {
    organizations += 1;
    const owner = await createTestOrganization(`evidence-${organizations}`);
    return { owner, client: await createSignInClient(owner, given) };
  }

  function endOf(token: unknown): number {
    return (decodeJwt(String(token)).exp ?? Number.NaN) * 1000;
  }

  async function previousAt(owner: Actor, moment: number) {
    const { prev_key } = await getSigningKeyStatus(owner, new Date(moment));
    if (prev_key === null) throw new Error("no previous key");
    return prev_key;
  }

  async function sessionOf(token: unknown) {
    const { sid } = decodeJwt(String(token)) as { sid: string };
    return database().session.findUniqueOrThrow({ where: { id: sid } });
  }

  it("J15: an expiry lowered from 3600 to 300 after a token was handed out turns no key green early", async () => {
    const { owner, client } = await begin(HOUR);
    const { access_token } = await signIn(client, owner.id);
    await updateApplication(owner, { id: client.id, token_expiry_secs: 300, id_token_expiry_secs: 300 });
    await rotateSigningKey(owner, OVERRIDE);
    const end = endOf(access_token);
    for (const moment of [Date.now() + 301_000, end - 1]) {
      expect(await previousAt(owner, moment)).toMatchObject({ safe_to_drop: false });
    }
    await expect(dropSigningKey(owner, { force: false }, new Date(end - 1))).rejects.toMatchObject({
      code: "key.not_safe_to_drop",
      details: { active_sessions: 1 },
    });
    // The horizon was stored up to a minute ahead.
    expect(await previousAt(owner, end + 60_000)).toMatchObject({ safe_to_drop: true, seconds_until_safe: 0 });
  });

  it("J15: a token of 600 s in an organization whose longest expiry is 3600 s turns no key green before the rule does", async () => {
    const { owner, client } = await begin({ token_expiry_secs: 600, id_token_expiry_secs: 600 });
    await createTestClient(owner, { token_expiry_secs: 3600 });
    const { access_token } = await signIn(client, owner.id);
    const { prev_key } = await rotateSigningKey(owner, OVERRIDE);
    const rotatedAt = new Date(prev_key?.rotated_at ?? "").getTime();
    expect(await previousAt(owner, endOf(access_token) + 61_000)).toMatchObject({ safe_to_drop: false });
    expect(await previousAt(owner, rotatedAt + 3_599_999)).toMatchObject({
      safe_to_drop: false,
      seconds_until_safe: 1,
    });
    expect(await previousAt(owner, rotatedAt + 3_600_000)).toMatchObject({ safe_to_drop: true });
  });

  it("J15: without any token the rule alone decides", async () => {
    const { owner } = await begin(HOUR);
    const { prev_key } = await rotateSigningKey(owner, OVERRIDE);
    const rotatedAt = new Date(prev_key?.rotated_at ?? "").getTime();
    expect(await previousAt(owner, rotatedAt + 3_599_999)).toMatchObject({ safe_to_drop: false });
    expect(await previousAt(owner, rotatedAt + 3_600_000)).toMatchObject({ safe_to_drop: true });
  });

  it("an ID token that lives longer than any access token keeps its key", async () => {
    const { owner, client } = await begin({ token_expiry_secs: 60, id_token_expiry_secs: 7000 });
    const { id_token } = await signIn(client, owner.id);
    await rotateSigningKey(owner, OVERRIDE);
    expect(await previousAt(owner, endOf(id_token) - 1)).toMatchObject({ safe_to_drop: false });
    expect(await previousAt(owner, endOf(id_token) + 60_000)).toMatchObject({ safe_to_drop: true });
  });

  it("J8, J16: a sign-in counts for the key of its tokens, and for the key of its refreshed ones", async () => {
    const { owner, client } = await begin({ token_expiry_secs: 600, id_token_expiry_secs: 600 });
    const first = await signIn(client, owner.id);
    await askForToken(await createTestClient(owner));
    expect(await getSigningKeyStatus(owner)).toMatchObject({ active_sessions: 2 });
    await rotateSigningKey(owner, OVERRIDE);
    await refresh(client, first.refresh_token);
    const now = await getSigningKeyStatus(owner);
    expect(now.active_sessions).toBe(2);
    expect(now.prev_keys[0]).toMatchObject({ active_sessions: 2 });
    // Its access token has ended by then, but the sign-in has not.
    const later = await getSigningKeyStatus(owner, new Date(endOf(first.access_token) + 61_000));
    expect(later.prev_keys[0]).toMatchObject({ active_sessions: 0 });
    expect(later.active_sessions).toBe(1);
  });

  it("J17: a forced drop ends what lives of its tokens alone; a sign-in that can be refreshed goes on with the next key", async () => {
    const { owner, client } = await begin({});
    const plain = await createSignInClient(owner, { grant_types: ["authorization_code"] });
    const lasting = await signIn(client, owner.id);
    const brief = await signIn(plain, owner.id);
    const { kid } = decodeProtectedHeader(String(lasting.access_token));
    await rotateSigningKey(owner, OVERRIDE);
    await dropSigningKey(owner, { kid, force: true });
    expect((await sessionOf(brief.access_token)).expiresAt.getTime()).toBeLessThanOrEqual(Date.now());
    expect((await sessionOf(lasting.access_token)).expiresAt.getTime()).toBeGreaterThan(Date.now());
    expect((await getSigningKeyStatus(owner)).active_sessions).toBe(1);
    const next = await refresh(client, lasting.refresh_token);
    expect(next.status).toBe(200);
    expect(decodeProtectedHeader(String(next.json.access_token)).kid).not.toBe(kid);
  });
});
