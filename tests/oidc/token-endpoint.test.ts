import fc from "fast-check";
import { decodeJwt, decodeProtectedHeader } from "jose";
import { beforeAll, expect, it } from "vitest";
import { deleteApplication, updateApplication } from "#lib/applications/service.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { verifyJwt } from "#lib/crypto/jws.ts";
import { database } from "#lib/db/client.ts";
import { getVerificationKeys } from "#lib/keys/signing.ts";
import { tokenEndpoint } from "#lib/oidc/token-endpoint.ts";
import {
  createTestOrganization,
  describeOnEveryDatabase,
  useEnvironment as setEnvironment,
} from "../support/database.ts";
import { callEndpoint } from "../support/endpoint.ts";
import { createTestClient } from "../support/oidc-client.ts";

const ISSUER = "http://localhost:3000/orgs/acme-corp";
const MANAGEMENT = "http://localhost:3000/api/v1/admin";

type Client = { id: string; clientId: string; secret: string };

describeOnEveryDatabase("the token endpoint", (fixture) => {
  let owner: Actor;
  let client: Client;

  beforeAll(async () => {
    owner = await createTestOrganization("acme-corp");
    client = await createClient(["read", "write", "audit.view"]);
  });

  async function createClient(scopes: string[], token_expiry_secs = 600, actor = owner): Promise<Client> {
    return createTestClient(actor, { scopes, token_expiry_secs });
  }

  function ask(
    { clientId, secret }: Client,
    { orgId = "acme-corp", form = {} }: { orgId?: string; form?: Record<string, string> } = {},
  ): ReturnType<typeof callEndpoint> {
    return callEndpoint(tokenEndpoint, {
      orgId,
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString("base64")}`,
      },
      body: new URLSearchParams({ grant_type: "client_credentials", ...form }).toString(),
    });
  }

  it("J7, L1, U4: hands out an RFC 9068 access token that the current key signed", async () => {
    const { status, headers, json } = await ask(client);
    expect(status).toBe(200);
    expect(headers).toMatchObject({ "cache-control": "no-store", pragma: "no-cache" });
    expect(json).toMatchObject({ token_type: "Bearer", expires_in: 600, scope: "read write audit.view" });
    const token = String(json.access_token);
    const current = await database().signingKey.findFirst({
      where: { organizationId: "acme-corp", state: "current" },
      include: { keyPair: true },
    });
    expect(decodeProtectedHeader(token)).toEqual({ alg: "RS256", typ: "at+jwt", kid: current?.keyPair.kid });
    const claims = decodeJwt(token);
    expect(claims).toMatchObject({ iss: ISSUER, sub: client.clientId, client_id: client.clientId, scope: json.scope });
    expect(claims.aud).toEqual([ISSUER, MANAGEMENT]);
    expect((claims.exp ?? 0) - (claims.iat ?? 0)).toBe(600);
    expect(Buffer.from(String(claims.jti), "base64url")).toHaveLength(16);
    const keys = await getVerificationKeys("acme-corp");
    const expected = {
      keys: (kid: string) => keys.get(kid),
      issuer: ISSUER,
      audience: ISSUER,
      typ: "at+jwt",
      now: new Date(),
    };
    await expect(verifyJwt(token, expected)).resolves.toMatchObject({ sub: client.clientId });
  });

  it("grants only what was asked for; without a permission the management API is no audience", async () => {
    const { json } = await ask(client, { form: { scope: "read" } });
    expect(json.scope).toBe("read");
    expect(decodeJwt(String(json.access_token))).toMatchObject({ aud: ISSUER, scope: "read" });
    const bare = await ask(await createClient([]));
    expect(bare.json).not.toHaveProperty("scope");
    expect(decodeJwt(String(bare.json.access_token))).not.toHaveProperty("scope");
  });

  it.each([
    ["a scope that the client has not", { scope: "read delete" }, 400, "invalid_scope"],
    ["two spaces", { scope: "read  write" }, 400, "invalid_scope"],
    ["another grant", { grant_type: "password" }, 400, "unsupported_grant_type"],
    ["the authorization code", { grant_type: "authorization_code" }, 400, "unauthorized_client"],
    ["a refresh token", { grant_type: "refresh_token" }, 400, "unauthorized_client"],
  ])("refuses %s", async (_what, form, status, error) => {
    expect(await ask(client, { form })).toMatchObject({ status, json: { error } });
  });

  it("a wrong secret, an unknown client and another organization's client answer alike", async () => {
    const stranger = await createTestOrganization("stranger");
    const theirs = await createClient(["read"], 600, stranger);
    const answers = [
      await ask({ ...client, secret: `${client.secret}x` }),
      await ask({ ...client, clientId: "unknown" }),
      await ask(theirs),
    ];
    for (const { status, headers, json } of answers) {
      expect(status).toBe(401);
      expect(headers["www-authenticate"]).toMatch(/^Basic realm=/);
      expect(json).toEqual(answers[0]?.json);
      expect(json.error).toBe("invalid_client");
    }
    expect((await ask(theirs, { orgId: "stranger" })).status).toBe(200);
  });

  it("an unknown organization answers 404, whatever its id looks like", async () => {
    for (const orgId of ["nobody", "", "../acme-corp", "ACME-CORP", "a".repeat(5000), "__proto__"]) {
      expect(await ask(client, { orgId })).toMatchObject({ status: 404, json: { error: "invalid_request" } });
    }
  });

  it("guessing a secret is slowed down, and the right one works meanwhile", async () => {
    const guessed = await createClient(["read"]);
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 62; attempt += 1) statuses.push((await ask({ ...guessed, secret: "no" })).status);
    expect(statuses.slice(0, 60).every((status) => status === 401)).toBe(true);
    const refused = await ask({ ...guessed, secret: "no" });
    expect(refused.status).toBe(429);
    expect(Number(refused.headers["retry-after"])).toBeGreaterThan(0);
    expect((await ask(guessed)).status).toBe(200);
  });

  it("a change of the application counts for the next token, and a deleted one gets none", async () => {
    const changing = await createClient(["read"]);
    await ask(changing);
    await updateApplication(owner, { id: changing.id, scopes: ["write"], token_expiry_secs: 60 });
    expect((await ask(changing)).json).toMatchObject({ expires_in: 60, scope: "write" });
    await deleteApplication(owner, { id: changing.id });
    expect((await ask(changing)).status).toBe(401);
  });

  it("one session per client, and no write for each of its tokens", async () => {
    const counted = await createClient(["read"]);
    const identifiers = new Set<unknown>();
    for (let index = 0; index < 50; index += 1) {
      identifiers.add(decodeJwt(String((await ask(counted)).json.access_token)).jti);
    }
    expect(identifiers.size).toBe(50);
    const sessions = await database().session.findMany({ where: { applicationId: counted.id } });
    expect(sessions).toHaveLength(1);
    expect(sessions[0]).toMatchObject({ subject: counted.clientId, organizationId: "acme-corp" });
  });

  it("J14, J15: no token lives longer than its key's signed_until and its session say, whatever changes meanwhile", async () => {
    const clients = [await createClient(["read"]), await createClient(["write"])];
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            who: fc.integer({ min: 0, max: 1 }),
            life: fc.integer({ min: 1, max: 86_400 }),
            restart: fc.boolean(),
            burst: fc.integer({ min: 1, max: 4 }),
          }),
          { minLength: 1, maxLength: 6 },
        ),
        async (steps) => {
          for (const { who, life, restart, burst } of steps) {
            const chosen = clients[who] ?? client;
            await updateApplication(owner, { id: chosen.id, token_expiry_secs: life });
            if (restart) await setEnvironment({ DATABASE_URL: fixture.url });
            const answers = await Promise.all(Array.from({ length: burst }, () => ask(chosen)));
            for (const { json } of answers) {
              const token = String(json.access_token);
              const end = new Date((decodeJwt(token).exp ?? Number.NaN) * 1000);
              const { kid } = decodeProtectedHeader(token);
              const pair = await database().keyPair.findFirst({
                where: { organizationId: "acme-corp", kid: kid ?? "" },
              });
              expect(pair?.signedUntil?.getTime()).toBeGreaterThanOrEqual(end.getTime());
              const { sid } = decodeJwt(token) as { sid: string };
              const session = await database().session.findUniqueOrThrow({
                where: { id: sid },
                include: { keys: { where: { keyPairId: pair?.id ?? "" } } },
              });
              expect(session.applicationId).toBe(chosen.id);
              expect(session.expiresAt.getTime()).toBeGreaterThanOrEqual(end.getTime());
              expect(session.keys[0]?.expiresAt.getTime()).toBeGreaterThanOrEqual(end.getTime());
            }
          }
        },
      ),
      { numRuns: 8 },
    );
  });

  it("J14: a token of the next key, because its own was dropped meanwhile by another machine, has a session of that key", async () => {
    const other = await createTestOrganization("overtaken");
    const [short, long] = [await createClient([], 600, other), await createClient([], 5000, other)];
    await ask(short, { orgId: "overtaken" });
    await dropCurrentKeyElsewhere("overtaken");
    const { kid } = decodeProtectedHeader(String((await ask(long, { orgId: "overtaken" })).json.access_token));
    const pair = await database().keyPair.findFirstOrThrow({ where: { organizationId: "overtaken", kid: kid ?? "" } });
    expect(pair.sealedPrivateKey).not.toBeNull();
    const ofPair = { keyPairId: pair.id, session: { applicationId: long.id } };
    expect(await database().sessionKey.count({ where: ofPair })).toBe(1);
  });

  /** What another machine commits, before the announcement has arrived here. */
  async function dropCurrentKeyElsewhere(organizationId: string): Promise<void> {
    const now = new Date();
    const slot = (state: string) => ({ where: { organizationId, state } });
    await database().$transaction(async (transaction) => {
      const { keyPairId } = await transaction.signingKey.findFirstOrThrow(slot("current"));
      await transaction.keyPair.update({ where: { id: keyPairId }, data: { sealedPrivateKey: null } });
      await transaction.signingKey.updateMany({ ...slot("current"), data: { state: "dropped", droppedAt: now } });
      await transaction.signingKey.updateMany({ ...slot("next"), data: { state: "current", activatedAt: now } });
    });
  }

  it("storage that does not answer is told in the words of OAuth", () => {
    const refuse = tokenEndpoint.refuse;
    const answer = refuse?.(
      Object.assign(new Error("x"), { name: "AppError", code: "storage.unavailable", details: {} }) as never,
    );
    expect(answer).toMatchObject({ status: 503 });
    expect(JSON.parse(answer?.body ?? "")).toMatchObject({ error: "temporarily_unavailable" });
  });
});
