import { setTimeout } from "node:timers/promises";
import { beforeAll, expect, it } from "vitest";
import { type Actor, systemActor } from "#lib/auth/actor.ts";
import { findSignedIn, signIn as signInToPortal } from "#lib/auth/service.ts";
import { database } from "#lib/db/client.ts";
import { appendToOrganization } from "#lib/db/transaction.ts";
import { changeOwnPassword, setUserDisabled } from "#lib/organizations/service.ts";
import { describeOnEveryDatabase } from "../support/database.ts";
import type { TestClient } from "../support/oidc-client.ts";
import { createTestMember, createTestOrganization } from "../support/organizations.ts";
import { cheapPasswordHash } from "../support/passwords.ts";
import { createSignInClient, grantCode, redeemCode, refresh, signIn } from "../support/sign-in-client.ts";

const OLD = "correct horse battery";
const VERIFYING_MILLISECONDS = 1000;
const ORIGIN = { address: "192.0.2.9", userAgent: "a browser", requestId: "test" };

describeOnEveryDatabase("the account of a person in several organizations", () => {
  const clients: TestClient[] = [];

  beforeAll(async () => {
    for (const id of ["acme-corp", "globex"]) clients.push(await createSignInClient(await createTestOrganization(id)));
  });

  async function createPerson(): Promise<Actor> {
    const person = await createTestMember("acme-corp", "auditor");
    const data = { organizationId: "globex", userId: person.id, role: "auditor", createdAt: new Date() };
    await database().membership.create({ data });
    await database().user.update({ where: { id: person.id }, data: { passwordHash: cheapPasswordHash(OLD) } });
    return person;
  }

  async function signInEverywhere(person: Actor): Promise<{ client: TestClient; token: unknown }[]> {
    const signedIn: { client: TestClient; token: unknown }[] = [];
    for (const client of clients) signedIn.push({ client, token: (await signIn(client, person.id)).refresh_token });
    return signedIn;
  }

  async function eventsOf(person: Actor, action: string): Promise<[string, unknown][]> {
    const where = { targetId: person.id, action };
    const rows = await database().auditEvent.findMany({ where, orderBy: { organizationId: "asc" } });
    return rows.map((row) => [row.organizationId, JSON.parse(row.after ?? "null")]);
  }

  it("a new password ends the sign-ins to applications in every organization, and each log tells it", async () => {
    const [person, colleague] = [await createPerson(), await createPerson()];
    const here = await signInToPortal({ email: person.name, password: OLD }, ORIGIN);
    const there = await signInToPortal({ email: person.name, password: OLD }, ORIGIN);
    const currentSessionId = (await findSignedIn(here.secret))?.sessionId ?? "";
    const mine = await signInEverywhere(person);
    const theirs = await signInEverywhere(colleague);
    const change = { current_password: OLD, new_password: "another long password", currentSessionId };
    await expect(changeOwnPassword(person, { ...change, current_password: "wrong" })).rejects.toMatchObject({
      code: "auth.bad_credentials",
    });
    expect(await eventsOf(person, "user.password_changed")).toEqual([]);
    expect(await changeOwnPassword(person, change)).toEqual({ ended_sessions: 1, ended_application_sessions: 2 });
    expect(await findSignedIn(here.secret)).not.toBeNull();
    expect(await findSignedIn(there.secret)).toBeNull();
    for (const { client, token } of mine) expect((await refresh(client, token)).json.error).toBe("invalid_grant");
    for (const { client, token } of theirs) expect((await refresh(client, token)).status).toBe(200);
    const after = { ended_sessions: 1, ended_application_sessions: 1 };
    expect(await eventsOf(person, "user.password_changed")).toEqual([
      ["acme-corp", after],
      ["globex", after],
    ]);
  });

  it("a code that was handed out before the new password begins nothing after it", async () => {
    const person = await createPerson();
    const codes = await Promise.all(clients.map((client) => grantCode(client, person.id)));
    const change = { current_password: OLD, new_password: "another long password", currentSessionId: "none" };
    await changeOwnPassword(person, change);
    for (const [index, client] of clients.entries()) {
      expect((await redeemCode(client, codes[index] ?? "")).json.error).toBe("invalid_grant");
    }
  });

  it("a sign-in that verified the old password just before the new one came gets no session", async () => {
    const person = await createPerson();
    // From here on the stored hash is one that no sign-in renews.
    await signInToPortal({ email: person.name, password: OLD }, ORIGIN);
    const overlapping = appendToOrganization("acme-corp", async (transaction) => {
      // On PostgreSQL it comes as far as its audit event, which waits for this transaction; on SQLite not even there.
      const signedIn = signInToPortal({ email: person.name, password: OLD }, ORIGIN).catch((error) => error.code);
      await setTimeout(VERIFYING_MILLISECONDS);
      await transaction.user.update({ where: { id: person.id }, data: { passwordHash: cheapPasswordHash("new") } });
      return { signedIn };
    });
    expect(await (await overlapping).signedIn).toBe("auth.bad_credentials");
    expect(await database().portalSession.count({ where: { userId: person.id } })).toBe(1);
  });

  it("of two changes at once one is refused, and it ends nothing", async () => {
    const person = await createPerson();
    const change = { current_password: OLD, currentSessionId: "none" };
    const outcomes = await Promise.allSettled(
      ["the first new password", "the other new password"].map((password) =>
        changeOwnPassword(person, { ...change, new_password: password }),
      ),
    );
    const refused = outcomes.filter((outcome) => outcome.status === "rejected");
    expect(refused.map(({ reason }) => reason.code)).toEqual(["auth.bad_credentials"]);
    expect(await eventsOf(person, "user.password_changed")).toHaveLength(2);
  });

  it("a disabled person is out everywhere at once, and who is let in again signs in anew", async () => {
    const person = await createPerson();
    const system = systemActor("acme-corp", "test");
    const { secret } = await signInToPortal({ email: person.name, password: OLD }, ORIGIN);
    const mine = await signInEverywhere(person);
    const ask = (is_disabled: boolean) => setUserDisabled(system, { email: person.name, is_disabled, force: false });
    const state = { user_id: person.id, email: person.name, organizations: ["acme-corp", "globex"] };
    const ended = { ended_sessions: 1, ended_application_sessions: 2 };
    expect(await ask(true)).toEqual({ ...state, ...ended, is_disabled: true, changed: true });
    expect(await ask(true)).toMatchObject({ is_disabled: true, changed: false, ended_application_sessions: 0 });
    const refused = { code: "auth.bad_credentials" };
    await expect(signInToPortal({ email: person.name, password: OLD }, ORIGIN)).rejects.toMatchObject(refused);
    expect(await ask(false)).toMatchObject({ is_disabled: false, changed: true, ended_sessions: 0 });
    expect(await findSignedIn(secret)).toBeNull();
    for (const { client, token } of mine) expect((await refresh(client, token)).json.error).toBe("invalid_grant");
    await signInToPortal({ email: person.name, password: OLD }, ORIGIN);
    await signInEverywhere(person);
    const after = { ended_sessions: 1, ended_application_sessions: 1 };
    expect(await eventsOf(person, "user.disabled")).toEqual([
      ["acme-corp", after],
      ["globex", after],
    ]);
    expect(await eventsOf(person, "user.enabled")).toHaveLength(2);
  });

  it("the last owner of an organization is not disabled by accident, and nobody is from the portal", async () => {
    const owner = await createTestOrganization("initech");
    const system = systemActor("acme-corp", "test");
    const disable = { email: owner.name, is_disabled: true, force: false };
    await expect(setUserDisabled(system, disable)).rejects.toMatchObject({ code: "member.last_owner" });
    await expect(setUserDisabled(owner, { ...disable, force: true })).rejects.toMatchObject({ code: "auth.forbidden" });
    const nobody = { ...disable, email: "nobody@initech.example" };
    await expect(setUserDisabled(system, nobody)).rejects.toMatchObject({ code: "member.not_found" });
    expect(await eventsOf(owner, "user.disabled")).toEqual([]);
    expect(await database().user.findUnique({ where: { id: owner.id } })).toMatchObject({ disabledAt: null });
    expect(await setUserDisabled(system, { ...disable, force: true })).toMatchObject({ changed: true });
  });
});
