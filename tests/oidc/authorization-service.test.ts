import { randomUUID } from "node:crypto";
import { beforeAll, expect, it } from "vitest";
import { deleteApplication, updateApplication } from "#lib/applications/service.ts";
import type { Actor } from "#lib/auth/actor.ts";
import type { SignedIn } from "#lib/auth/service.ts";
import { sha256Base64url } from "#lib/crypto/digest.ts";
import { database } from "#lib/db/client.ts";
import { getTokenSigner } from "#lib/keys/signing.ts";
import { insertWaitingRequest } from "#lib/oidc/authorization-repository.ts";
import {
  type AuthorizationOutcome,
  decideConsent,
  describeAuthorization,
  resumeAuthorization,
  startAuthorization,
} from "#lib/oidc/authorization-service.ts";
import { readIdTokenHint } from "#lib/oidc/id-token-hint.ts";
import { countKeptRequest } from "#lib/oidc/waiting-throttle.ts";
import { addMember, removeMember } from "#lib/organizations/service.ts";
import { createTestMember, createTestOrganization, describeOnEveryDatabase } from "../support/database.ts";
import type { TestClient } from "../support/oidc-client.ts";
import { createSignInClient, REDIRECT_URI, redeemCode, VERIFIER } from "../support/sign-in-client.ts";

const ORGANIZATION = "acme-corp";
const START = new Date("2026-11-22T12:00:00Z");

function minutesLater(minutes: number): Date {
  return new Date(START.getTime() + minutes * 60_000);
}

function personOf(actor: Actor, signedInAt: Date = START): SignedIn {
  return {
    sessionId: sha256Base64url(randomUUID()),
    signedInAt,
    expiresAt: minutesLater(24 * 60),
    user: { id: actor.id, email: actor.name, name: actor.name },
    memberships: [
      { organizationId: actor.organizationId, organizationName: "Acme Corp", role: actor.role ?? "auditor" },
    ],
  };
}

function atBrowser(person: SignedIn | null) {
  return { person, address: "192.0.2.1", requestId: "test" };
}

function handleOf(outcome: AuthorizationOutcome): string {
  if (outcome.kind !== "page") throw new Error(JSON.stringify(outcome));
  const { searchParams } = new URL(outcome.path, "http://localhost");
  const callback = searchParams.get("callback");
  const inner = callback === null ? searchParams : new URL(callback, "http://localhost").searchParams;
  return inner.get("request") ?? "";
}

function replyOf(outcome: AuthorizationOutcome): Record<string, string> {
  if (outcome.kind !== "reply") throw new Error(JSON.stringify(outcome));
  expect(outcome.reply.redirectUri).toBe(REDIRECT_URI);
  return outcome.reply.parameters;
}

describeOnEveryDatabase("the authorization service", () => {
  let owner: Actor;
  let client: TestClient;
  let asking: TestClient;

  beforeAll(async () => {
    owner = await createTestOrganization(ORGANIZATION, START);
    await createTestOrganization("globex", START);
    client = await createSignInClient(owner);
    asking = await createSignInClient(owner, { name: "Asking", consent_required: true });
  });

  function queryOf(of: TestClient, asked: Record<string, string> = {}): URLSearchParams {
    return new URLSearchParams({
      client_id: of.clientId,
      redirect_uri: REDIRECT_URI,
      response_type: "code",
      scope: "openid read",
      code_challenge: sha256Base64url(VERIFIER),
      code_challenge_method: "S256",
      ...asked,
    });
  }

  function start(person: SignedIn | null, of = client, asked: Record<string, string> = {}, now = START) {
    return startAuthorization(ORGANIZATION, { given: queryOf(of, asked), isPosted: false }, atBrowser(person), now);
  }

  function resume(handle: string, person: SignedIn | null, now = START) {
    return resumeAuthorization(ORGANIZATION, handle, atBrowser(person), now);
  }

  it("waits for the sign-in and hands out a code for the person who signed in", async () => {
    const handle = handleOf(await start(null));
    expect((await resume(handle, null)).kind).toBe("page");
    const now = new Date();
    const fresh = handleOf(await start(null, client, {}, now));
    const { code = "" } = replyOf(await resume(fresh, personOf(owner, now), now));
    const { status, json } = await redeemCode(client, code);
    expect([status, json.scope]).toEqual([200, "openid read"]);
  });

  it("keeps only the hash of the handle, and lets it end an hour later, or a minute after its answer", async () => {
    const handle = handleOf(await start(null));
    const rows = await database().authorizationRequest.findMany({ where: { organizationId: ORGANIZATION } });
    expect(JSON.stringify(rows)).not.toContain(handle.slice(0, 43));
    const person = personOf(owner);
    expect((await resume(handle, person, minutesLater(61))).kind).toBe("dead_end");
    expect((await resume(handle, person, minutesLater(59))).kind).toBe("reply");
    expect((await resume(handle, person, minutesLater(59.5))).kind).toBe("reply");
    expect((await resume(handle, person, minutesLater(60))).kind).toBe("dead_end");
    await start(null, client, {}, minutesLater(200));
    expect(await database().authorizationRequest.count({ where: { id: sha256Base64url(handle) } })).toBe(0);
  });

  it("T7: a handle leads nowhere in another organization, nor does its client exist there", async () => {
    const handle = handleOf(await start(null));
    const elsewhere = await resumeAuthorization("globex", handle, atBrowser(personOf(owner)), START);
    expect(elsewhere.kind).toBe("dead_end");
    expect(await describeAuthorization("globex", handle, null, START)).toBeNull();
    const given = queryOf(client);
    expect((await startAuthorization("globex", { given, isPosted: false }, atBrowser(null), START)).kind).toBe(
      "dead_end",
    );
    await expect(startAuthorization("nowhere", { given, isPosted: false }, atBrowser(null))).rejects.toMatchObject({
      code: "organization.not_found",
    });
  });

  it("looks at the registration again when a request goes on", async () => {
    const changing = await createSignInClient(owner, { name: "Changing" });
    const handle = handleOf(await start(null, changing));
    await updateApplication(owner, { id: changing.id, redirect_uris: ["https://app.example/new"] });
    expect((await resume(handle, personOf(owner))).kind).toBe("dead_end");
    await updateApplication(owner, { id: changing.id, redirect_uris: [REDIRECT_URI] });
    expect((await resume(handle, personOf(owner))).kind).toBe("reply");
    const second = handleOf(await start(null, changing));
    await deleteApplication(owner, { id: changing.id });
    expect((await resume(second, personOf(owner))).kind).toBe("dead_end");
  });

  it("keeps nothing for an application that is deleted in the same moment", async () => {
    const request = {
      id: sha256Base64url(randomUUID()),
      applicationId: randomUUID(),
      parameters: { values: {}, repeated: [] },
      createdAt: START,
      expiresAt: minutesLater(60),
    };
    await expect(insertWaitingRequest(ORGANIZATION, request)).rejects.toMatchObject({ code: "application.not_found" });
  });

  it("A5: a network that begins very many sign-ins waits, and others go on", async () => {
    const busy = `2001:db8:${randomUUID().slice(0, 4)}:1`;
    for (let count = 0; count < 600; count += 1) countKeptRequest(`${busy}::1`);
    const given = queryOf(client);
    const begin = (address: string): Promise<AuthorizationOutcome> =>
      startAuthorization(ORGANIZATION, { given, isPosted: false }, { ...atBrowser(null), address }, START);
    await expect(begin(`${busy}::2`)).rejects.toMatchObject({
      code: "request.too_many",
      details: { retry_after: expect.any(Number) },
    });
    expect((await begin("203.0.113.10")).kind).toBe("page");
  });

  it("asks for consent until it is given for everything that is asked, and audits it", async () => {
    const member = await createTestMember(ORGANIZATION, "auditor", START);
    const person = personOf(member);
    const handle = handleOf(await start(person, asking));
    const view = await describeAuthorization(ORGANIZATION, handle, person, START);
    expect(view).toMatchObject({ step: "consent", scopes: ["openid", "read"], application: { name: "Asking" } });
    const token = view?.decision_token ?? "";
    const decide = (given: { isAllowed: boolean; token: string }, who = person) =>
      decideConsent(ORGANIZATION, { handle, ...given }, atBrowser(who), START);
    expect((await decide({ isAllowed: true, token }, personOf(member))).kind).toBe("page");
    expect((await decide({ isAllowed: true, token: "" })).kind).toBe("page");
    expect(await database().consent.count({ where: { userId: member.id } })).toBe(0);
    expect(replyOf(await decide({ isAllowed: true, token }))).toHaveProperty("code");
    expect(replyOf(await start(person, asking))).toHaveProperty("code");
    expect((await start(person, asking, { scope: "openid email" })).kind).toBe("page");
    expect((await start(personOf(owner), asking)).kind).toBe("page");
    const events = await database().auditEvent.findMany({ where: { action: "consent.granted", actorId: member.id } });
    expect(events.map(({ targetId, after }) => [targetId, after])).toEqual([
      [asking.id, JSON.stringify({ scopes: ["openid", "read"] })],
    ]);
  });

  it("a person who was removed and came back is asked again, for everything", async () => {
    const member = await createTestMember(ORGANIZATION, "auditor", START);
    const person = personOf(member);
    const allow = async (scope: string, now: Date): Promise<void> => {
      const handle = handleOf(await start(person, asking, { scope }, now));
      const token = (await describeAuthorization(ORGANIZATION, handle, person, now))?.decision_token ?? "";
      replyOf(await decideConsent(ORGANIZATION, { handle, isAllowed: true, token }, atBrowser(person), now));
    };
    await allow("openid read", START);
    await removeMember(owner, { user_id: member.id }, minutesLater(1));
    const email = (await database().user.findUniqueOrThrow({ where: { id: member.id } })).email;
    await addMember(owner, { email, role: "auditor" }, minutesLater(2));
    expect((await start(person, asking, {}, minutesLater(3))).kind).toBe("page");
    await allow("openid", minutesLater(3));
    expect(replyOf(await start(person, asking, { scope: "openid" }, minutesLater(4)))).toHaveProperty("code");
    expect((await start(person, asking, {}, minutesLater(4))).kind).toBe("page");
  });

  it("a decision counts for the scopes that the page showed: what was added to the application since is asked for", async () => {
    const growing = await createSignInClient(owner, { name: "Growing", consent_required: true, scopes: ["read"] });
    const person = personOf(await createTestMember(ORGANIZATION, "auditor", START));
    const handle = handleOf(await start(person, growing, { scope: "openid read write" }));
    const look = () => describeAuthorization(ORGANIZATION, handle, person, START);
    const decide = (token = "") =>
      decideConsent(ORGANIZATION, { handle, isAllowed: true, token }, atBrowser(person), START);
    const seen = await look();
    expect(seen?.scopes).toEqual(["openid", "read"]);
    await updateApplication(owner, { id: growing.id, scopes: ["read", "write"] });
    expect((await decide(seen?.decision_token)).kind).toBe("page");
    expect(await database().consent.count({ where: { applicationId: growing.id } })).toBe(0);
    const again = await look();
    expect(again?.scopes).toEqual(["openid", "read", "write"]);
    expect(replyOf(await decide(again?.decision_token))).toHaveProperty("code");
  });

  it("two people's decisions, or one person's twice at once, leave one consent each", async () => {
    const member = await createTestMember(ORGANIZATION, "auditor", START);
    const person = personOf(member);
    const decideOn = async (scope: string): Promise<unknown> => {
      const handle = handleOf(await start(person, asking, { scope }));
      const token = (await describeAuthorization(ORGANIZATION, handle, person, START))?.decision_token ?? "";
      return decideConsent(ORGANIZATION, { handle, isAllowed: true, token }, atBrowser(person), START);
    };
    await Promise.all(["openid", "openid email", "openid read"].map(decideOn));
    const rows = await database().consent.findMany({ where: { userId: member.id } });
    expect(rows.map(({ scopes }) => JSON.parse(scopes).sort())).toEqual([["email", "openid", "read"]]);
  });

  it("a person of another organization is refused, whatever they send", async () => {
    const stranger = personOf({ ...owner, id: randomUUID(), organizationId: "globex" });
    const handle = handleOf(await start(stranger));
    const view = await describeAuthorization(ORGANIZATION, handle, stranger, START);
    expect(view?.step).toBe("membership");
    const decision = { handle, isAllowed: true, token: view?.decision_token ?? "" };
    expect((await decideConsent(ORGANIZATION, decision, atBrowser(stranger), START)).kind).toBe("page");
    const denial = await decideConsent(ORGANIZATION, { ...decision, isAllowed: false }, atBrowser(stranger), START);
    expect(replyOf(denial)).toMatchObject({ error: "access_denied" });
  });

  it("reads an ID token hint that ended long ago, and none of another organization, type or signer", async () => {
    const issuer = `http://localhost:3000/orgs/${ORGANIZATION}`;
    const exp = Math.floor(START.getTime() / 1000) - 86_400;
    const sign = async (organizationId: string, typ = "JWT", claims = {}): Promise<string> => {
      const signer = await getTokenSigner(organizationId);
      return signer.sign({
        typ,
        claims: { iss: issuer, sub: "ada", aud: "client", sid: "s", iat: exp - 60, exp, ...claims },
      });
    };
    const hint = await sign(ORGANIZATION);
    expect(await readIdTokenHint(ORGANIZATION, hint)).toEqual({ userId: "ada", clientId: "client", sessionId: "s" });
    expect(await readIdTokenHint("globex", hint)).toBeNull();
    expect(await readIdTokenHint(ORGANIZATION, await sign("globex"))).toBeNull();
    expect(await readIdTokenHint(ORGANIZATION, await sign(ORGANIZATION, "at+jwt"))).toBeNull();
    expect(
      await readIdTokenHint(ORGANIZATION, await sign(ORGANIZATION, "JWT", { iss: "https://evil.example" })),
    ).toBeNull();
    expect(await readIdTokenHint(ORGANIZATION, `${hint.slice(0, -4)}AAAA`)).toBeNull();
  });
});
