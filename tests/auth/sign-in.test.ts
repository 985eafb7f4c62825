import { setTimeout } from "node:timers/promises";
import { afterEach, beforeAll, expect, test, vi } from "vitest";
import type { Actor } from "#lib/auth/actor.ts";
import { permissionsOfRole } from "#lib/auth/permissions.ts";
import {
  findSignedIn,
  listOwnSessions,
  type RequestOrigin,
  revokeOwnSession,
  signIn,
  signOut,
} from "#lib/auth/service.ts";
import { delaySeconds } from "#lib/auth/throttle.ts";
import { isPasswordHashOutdated } from "#lib/crypto/password.ts";
import { database } from "#lib/db/client.ts";
import { isAppError } from "#lib/errors.ts";
import { networkOf } from "#lib/network.ts";
import { changeOwnPassword } from "#lib/organizations/service.ts";
import { describeOnEveryDatabase } from "../support/database.ts";
import { cheapPasswordHash } from "../support/passwords.ts";

const PASSWORD = "correct horse battery";
let people = 0;

function originFrom(address: string): RequestOrigin {
  return { address, userAgent: "a browser", requestId: "test" };
}

async function createPerson(role = "owner"): Promise<{ id: string; email: string; actor: Actor }> {
  people += 1;
  const [id, email] = [`person-${people}`, `person-${people}@acme.example`];
  const createdAt = new Date();
  await database().user.create({
    data: { id, email, name: email, passwordHash: cheapPasswordHash(PASSWORD), createdAt },
  });
  await database().membership.create({ data: { organizationId: "acme-corp", userId: id, role, createdAt } });
  const actor: Actor = {
    type: "user",
    id,
    name: email,
    userId: id,
    role: "owner",
    organizationId: "acme-corp",
    permissions: permissionsOfRole("owner"),
    address: `198.51.100.${people}`,
    requestId: "test",
  };
  return { id, email, actor };
}

async function actionsOf(actorId: string): Promise<string[]> {
  const rows = await database().auditEvent.findMany({ where: { actorId }, orderBy: { sequence: "asc" } });
  return rows.map((row) => row.action);
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => "no error",
    (error: unknown) => (isAppError(error) ? error.code : String(error)),
  );
}

describeOnEveryDatabase("signing in", () => {
  // What a failed sign-in leaves in the log comes after the answer.
  afterEach(() => setTimeout(150));
  beforeAll(async () => {
    await database().organization.create({ data: { id: "acme-corp", name: "Acme", createdAt: new Date() } });
    await database().organization.create({ data: { id: "globex", name: "Globex", createdAt: new Date() } });
  });

  test("the right password starts a session that is stored only as a hash, and every organization hears of it", async () => {
    const { id, email } = await createPerson();
    await database().membership.create({
      data: { organizationId: "globex", userId: id, role: "auditor", createdAt: new Date() },
    });
    const started = await signIn({ email, password: PASSWORD }, originFrom("192.0.2.1"));
    expect(Buffer.from(started.secret, "base64url")).toHaveLength(32);
    expect(await database().portalSession.findUnique({ where: { id: started.secret } })).toBeNull();
    const signedIn = await findSignedIn(started.secret);
    expect(signedIn?.user).toEqual({ id, email, name: email });
    expect(signedIn?.memberships).toHaveLength(2);
    expect(await actionsOf(id)).toEqual(["user.signed_in", "user.signed_in"]);
  });

  test("N1: each sign-in is a new session", async () => {
    const { email } = await createPerson();
    const one = await signIn({ email, password: PASSWORD }, originFrom("192.0.2.1"));
    const other = await signIn({ email, password: PASSWORD }, originFrom("192.0.2.1"));
    expect(one.secret).not.toBe(other.secret);
    await signOut(one.secret, originFrom("192.0.2.1"));
    expect(await findSignedIn(one.secret)).toBeNull();
    expect(await findSignedIn(other.secret)).not.toBeNull();
  });

  test("L2: a wrong password is refused and audited, an unknown address is refused in the same words", async () => {
    const { id, email } = await createPerson();
    const wrong = await signIn({ email, password: "wrong" }, originFrom("192.0.2.2")).catch((error) => error);
    const unknown = await signIn({ email: "nobody@acme.example", password: "wrong" }, originFrom("192.0.2.2")).catch(
      (error) => error,
    );
    expect(wrong.code).toBe("auth.bad_credentials");
    expect({ ...unknown, message: unknown.message }).toEqual({ ...wrong, message: wrong.message });
    await vi.waitFor(async () => expect(await actionsOf(id)).toEqual(["user.sign_in_failed"]), 5000);
  });

  test("a hash with old costs is renewed at the next sign-in", async () => {
    const { id, email } = await createPerson();
    await signIn({ email, password: PASSWORD }, originFrom("192.0.2.1"));
    const user = await database().user.findUniqueOrThrow({ where: { id } });
    expect(isPasswordHashOutdated(user.passwordHash)).toBe(false);
    await signIn({ email, password: PASSWORD }, originFrom("192.0.2.1"));
  });

  test("N1: a session ends at once when the person is disabled or loses the last membership", async () => {
    const disabled = await createPerson();
    const first = await signIn({ email: disabled.email, password: PASSWORD }, originFrom("192.0.2.1"));
    await database().user.update({ where: { id: disabled.id }, data: { disabledAt: new Date() } });
    expect(await findSignedIn(first.secret)).toBeNull();
    expect(await codeOf(signIn({ email: disabled.email, password: PASSWORD }, originFrom("192.0.2.1")))).toBe(
      "auth.bad_credentials",
    );
    const removed = await createPerson();
    const second = await signIn({ email: removed.email, password: PASSWORD }, originFrom("192.0.2.1"));
    await database().membership.deleteMany({ where: { userId: removed.id } });
    expect(await findSignedIn(second.secret)).toBeNull();
  });

  test("N1: a session ends after eight idle hours, and lives on when it is used", async () => {
    const { email } = await createPerson();
    const start = new Date();
    const later = (hours: number): Date => new Date(start.getTime() + hours * 3_600_000);
    const used = await signIn({ email, password: PASSWORD }, originFrom("192.0.2.1"), start);
    expect(await findSignedIn(used.secret, later(7))).not.toBeNull();
    expect(await findSignedIn(used.secret, later(14))).not.toBeNull();
    expect(await findSignedIn(used.secret, later(23))).toBeNull();
    const busy = await signIn({ email, password: PASSWORD }, originFrom("192.0.2.1"), start);
    for (const hours of [7, 14, 21]) expect(await findSignedIn(busy.secret, later(hours))).not.toBeNull();
    expect(await findSignedIn(busy.secret, later(24))).toBeNull();
  });

  test("A5: after five failures the account rests, says for how long, and even the right password waits", async () => {
    const { email } = await createPerson();
    for (let count = 0; count < 5; count += 1) {
      expect(await codeOf(signIn({ email, password: "wrong" }, originFrom("192.0.2.3")))).toBe("auth.bad_credentials");
    }
    const refused = await signIn({ email, password: PASSWORD }, originFrom("192.0.2.4")).catch((error) => error);
    expect(refused.code).toBe("auth.throttled");
    expect(refused.details.retry_after).toBeGreaterThan(20);
    expect(refused.details.retry_after).toBeLessThanOrEqual(30);
  });

  test("A5: forty guesses at once are at most five guesses", async () => {
    const { email } = await createPerson();
    const codes = await Promise.all(
      Array.from({ length: 40 }, () => codeOf(signIn({ email, password: "wrong" }, originFrom("192.0.2.5")))),
    );
    expect(codes.filter((code) => code === "auth.bad_credentials")).toHaveLength(5);
    expect(codes.filter((code) => code === "auth.throttled")).toHaveLength(35);
  });

  test("A5: one address gets fifty tries at all accounts together, and a success gives its try back", async () => {
    const { email } = await createPerson();
    const address = "2001:db8:1:2::1";
    await database().rateLimiterFlexible.create({
      data: { key: `sign-in-address:${networkOf(address)}`, points: 49, expire: new Date(Date.now() + 60_000) },
    });
    await signIn({ email, password: PASSWORD }, originFrom(address));
    await signIn({ email, password: PASSWORD }, originFrom("2001:db8:1:2:ffff::9"));
    expect(await codeOf(signIn({ email, password: "wrong" }, originFrom(address)))).toBe("auth.bad_credentials");
    expect(await codeOf(signIn({ email, password: PASSWORD }, originFrom(address)))).toBe("auth.throttled");
    expect(await codeOf(signIn({ email, password: PASSWORD }, originFrom("2001:db8:1:3::1")))).toBe("no error");
  });

  test("a success forgets the failures before it", async () => {
    const { email } = await createPerson();
    for (let round = 0; round < 2; round += 1) {
      for (let count = 0; count < 3; count += 1) {
        await codeOf(signIn({ email, password: "wrong" }, originFrom("192.0.2.6")));
      }
      expect(await codeOf(signIn({ email, password: PASSWORD }, originFrom("192.0.2.6")))).toBe("no error");
    }
  });

  test("people see their own sessions and can end one of them, but nobody else's", async () => {
    const mine = await createPerson();
    const other = await createPerson();
    const here = await signIn({ email: mine.email, password: PASSWORD }, originFrom("192.0.2.1"));
    const there = await signIn({ email: mine.email, password: PASSWORD }, originFrom("192.0.2.7"));
    const foreign = await signIn({ email: other.email, password: PASSWORD }, originFrom("192.0.2.8"));
    const current = (await findSignedIn(here.secret))?.sessionId ?? "";
    const list = await listOwnSessions(mine.actor, current);
    expect(list.map((session) => [session.address, session.is_current]).sort()).toEqual([
      ["192.0.2.1", true],
      ["192.0.2.7", false],
    ]);
    const foreignId = (await findSignedIn(foreign.secret))?.sessionId ?? "";
    expect(await codeOf(revokeOwnSession(mine.actor, foreignId))).toBe("session.not_found");
    expect(await findSignedIn(foreign.secret)).not.toBeNull();
    await revokeOwnSession(mine.actor, list.find((session) => !session.is_current)?.id ?? "");
    expect(await findSignedIn(there.secret)).toBeNull();
    expect(await findSignedIn(here.secret)).not.toBeNull();
  });

  test("a new password ends all other sessions, needs the old one, and is audited", async () => {
    const { id, email, actor } = await createPerson();
    const here = await signIn({ email, password: PASSWORD }, originFrom("192.0.2.1"));
    const there = await signIn({ email, password: PASSWORD }, originFrom("192.0.2.1"));
    const currentSessionId = (await findSignedIn(here.secret))?.sessionId ?? "";
    const change = { new_password: "another long password", currentSessionId };
    expect(await codeOf(changeOwnPassword(actor, { ...change, current_password: "wrong" }))).toBe(
      "auth.bad_credentials",
    );
    expect(await changeOwnPassword(actor, { ...change, current_password: PASSWORD })).toEqual({
      ended_sessions: 1,
      ended_application_sessions: 0,
    });
    expect(await findSignedIn(here.secret)).not.toBeNull();
    expect(await findSignedIn(there.secret)).toBeNull();
    expect(await codeOf(signIn({ email, password: PASSWORD }, originFrom("192.0.2.1")))).toBe("auth.bad_credentials");
    expect(await codeOf(signIn({ email, password: change.new_password }, originFrom("192.0.2.1")))).toBe("no error");
    expect(await actionsOf(id)).toContain("user.password_changed");
  });
});

test("A5: the rest grows from half a minute to a quarter of an hour", () => {
  expect([5, 6, 7, 8, 9, 10, 11, 1000].map(delaySeconds)).toEqual([30, 60, 120, 240, 480, 900, 900, 900]);
});

test("an IPv6 household counts as one address however it is written", () => {
  expect(networkOf("2001:DB8:0:1::1")).toBe(networkOf("2001:db8:0000:0001:ffff:ffff:ffff:ffff"));
  expect(networkOf("2001:db8::aaaa:bbbb:cccc:dddd")).toBe(networkOf("2001:db8:0:0:1::"));
  expect(networkOf("2001:db8:0:1::1")).not.toBe(networkOf("2001:db8:0:2::1"));
  expect(networkOf("::ffff:192.0.2.1")).toBe("192.0.2.1");
  expect(networkOf("::1")).toBe("0:0:0:0::/64");
});
