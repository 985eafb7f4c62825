import { decodeJwt } from "jose";
import { beforeAll, expect, it } from "vitest";
import type { Actor } from "#lib/auth/actor.ts";
import { database } from "#lib/db/client.ts";
import { dropSigningKey, getSigningKeyStatus, rotateSigningKey } from "#lib/keys/service.ts";
import { removeMember } from "#lib/organizations/service.ts";
import { getRevocations, revokeSession } from "#lib/sessions/revocations.ts";
import { createTestMember, createTestOrganization, describeOnEveryDatabase } from "../support/database.ts";
import { type TestClient, verifyTestToken } from "../support/oidc-client.ts";
import {
  createSignInClient,
  grantCode,
  redeemCode,
  refresh,
  signIn,
  type TokenAnswer,
} from "../support/sign-in-client.ts";

const ROUNDS = 8;

describeOnEveryDatabase("grants that meet something else", () => {
  let owner: Actor;
  let client: TestClient;

  beforeAll(async () => {
    owner = await createTestOrganization("acme-corp");
    client = await createSignInClient(owner);
  });

  function sidOf(token: unknown): string {
    return String(decodeJwt(String(token)).sid);
  }

  /** Whatever came of it: a token that was handed out must be known as revoked, or not have been handed out. */
  async function expectDead({ status, json }: TokenAnswer): Promise<void> {
    if (status !== 200) return;
    const { sid, jti } = decodeJwt(String(json.access_token)) as { sid: string; jti: string };
    expect((await getRevocations("acme-corp")).isRevoked({ sid, jti })).toBe(true);
    expect((await refresh(client, json.refresh_token)).status).toBe(400);
  }

  it("a refresh and a revocation at once: no token survives, whichever came first", async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const first = await signIn(client, owner.id);
      const sid = sidOf(first.access_token);
      // Its tokens have ended long ago, so that memory has no reason to know of this session when it is revoked.
      await database().sessionKey.updateMany({ where: { sessionId: sid }, data: { expiresAt: new Date(0) } });
      const [answer] = await Promise.all([refresh(client, first.refresh_token), revokeSession("acme-corp", sid)]);
      await expectDead(answer);
    }
  });

  it("a code and its person's removal at once: no sign-in survives", async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const leaver = await createTestMember("acme-corp", "auditor");
      const code = await grantCode(client, leaver.id);
      const [answer] = await Promise.all([redeemCode(client, code), removeMember(owner, { user_id: leaver.id })]);
      await expectDead(answer);
    }
  });

  it("a code and two refreshes of what it gave at once: one family at most, and a replay ends it", async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const code = await grantCode(client, owner.id);
      const { json } = await redeemCode(client, code);
      const answers = await Promise.all([
        refresh(client, json.refresh_token),
        redeemCode(client, code),
        refresh(client, json.refresh_token),
      ]);
      expect(answers.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1);
      for (const answer of answers) await expectDead(answer);
    }
  });

  it("J17: sign-ins while keys are rotated and dropped get tokens that verify, or none", async () => {
    const signIns = Array.from({ length: 12 }, async (_, index) => {
      await new Promise((resolve) => setTimeout(resolve, index * 40));
      return redeemCode(client, await grantCode(client, owner.id));
    });
    const { current_kid: kid } = await getSigningKeyStatus(owner);
    await rotateSigningKey(owner, { override_reason: "a test of races" });
    await dropSigningKey(owner, { kid, force: true });
    const answers = await Promise.all(signIns);
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    const live = answers.filter(({ json }) => headerKid(json.access_token) !== kid);
    for (const { json } of live) {
      expect(headerKid(json.id_token)).toBe(headerKid(json.access_token));
      await expect(verifyTestToken("acme-corp", String(json.access_token))).resolves.toMatchObject({ sub: owner.id });
      const sessionId = sidOf(json.access_token);
      const end = Number(decodeJwt(String(json.access_token)).exp) * 1000;
      const [key] = await database().sessionKey.findMany({ where: { sessionId } });
      expect(key?.expiresAt.getTime()).toBeGreaterThanOrEqual(end);
    }
    expect(live.length).toBeGreaterThan(0);
  });

  function headerKid(token: unknown): string {
    return JSON.parse(Buffer.from(String(token).split(".")[0] ?? "", "base64url").toString()).kid;
  }
});
