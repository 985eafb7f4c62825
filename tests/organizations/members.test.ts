import { beforeAll, expect, test } from "vitest";
import type { Actor } from "#lib/auth/actor.ts";
import { findUserByEmail } from "#lib/auth/repository.ts";
import { findSignedIn, signIn } from "#lib/auth/service.ts";
import { database } from "#lib/db/client.ts";
import { isAppError } from "#lib/errors.ts";
import {
  addMember,
  changeRole,
  createOrganization,
  listMembers,
  removeMember,
  renameOrganization,
} from "#lib/organizations/service.ts";
import { describeOnEveryDatabase } from "../support/database.ts";
import { createTestMember, createTestOrganization } from "../support/organizations.ts";

const origin = { address: "192.0.2.1", userAgent: "a browser", requestId: "test" };

async function rolesOf(userId: string): Promise<[string, string][]> {
  const rows = await database().membership.findMany({ where: { userId }, orderBy: { organizationId: "asc" } });
  return rows.map(({ organizationId, role }) => [organizationId, role]);
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => "no error",
    (error: unknown) => (isAppError(error) ? error.code : String(error)),
  );
}

async function eventsOf(organizationId: string): Promise<string[]> {
  const rows = await database().auditEvent.findMany({ where: { organizationId }, orderBy: { sequence: "asc" } });
  expect(rows.map((row) => row.sequence)).toEqual(rows.map((_, index) => index + 1));
  return rows.map((row) => row.action);
}

describeOnEveryDatabase("organizations and their members", () => {
  let owner: Actor;
  beforeAll(async () => {
    owner = await createTestOrganization("acme-corp");
  });

  test("an owner makes another organization, which has its keys and that owner at once", async () => {
    await createOrganization(owner, { id: "initech", name: "Initech" });
    expect(await rolesOf(owner.id)).toContainEqual(["initech", "owner"]);
    const states = await database().signingKey.findMany({ where: { organizationId: "initech" } });
    expect(states.map((key) => key.state).sort()).toEqual(["current", "next"]);
    expect(await eventsOf("initech")).toEqual(expect.arrayContaining(["organization.created", "member.added"]));
  });

  test("of two that make the same organization at once one is told that the id is taken, and nothing is left over", async () => {
    const codes = await Promise.all(
      [1, 2].map((number) => codeOf(createOrganization(owner, { id: "umbrella", name: `Umbrella ${number}` }))),
    );
    expect(codes.sort()).toEqual(["no error", "organization.id_taken"]);
    expect(await database().signingKey.count({ where: { organizationId: "umbrella" } })).toBe(2);
  });

  test("J5: who is no owner makes, renames and lists nothing", async () => {
    const admin = await createTestMember("acme-corp", "security-admin");
    expect(await codeOf(createOrganization(admin, { id: "hooli", name: "Hooli" }))).toBe("auth.forbidden");
    expect(await codeOf(renameOrganization(admin, { name: "Hooli" }))).toBe("auth.forbidden");
    expect(await codeOf(listMembers(admin))).toBe("auth.forbidden");
    expect(await codeOf(addMember(admin, { email: "x@acme.example", role: "owner" }))).toBe("auth.forbidden");
    expect(await codeOf(changeRole(admin, { user_id: admin.id, role: "owner" }))).toBe("auth.forbidden");
    expect(await codeOf(removeMember(admin, { user_id: owner.id }))).toBe("auth.forbidden");
    expect(await database().organization.findUnique({ where: { id: "hooli" } })).toBeNull();
  });

  test("a name changes with a trace of the old one", async () => {
    const of = await createTestOrganization("renamed");
    await renameOrganization(of, { name: "Renamed Ltd" });
    const event = await database().auditEvent.findFirstOrThrow({
      where: { organizationId: "renamed", action: "organization.renamed" },
    });
    expect([event.before, event.after]).toEqual([`{"name":"renamed"}`, `{"name":"Renamed Ltd"}`]);
  });

  test("a person without an account gets one and a password that is shown once and works", async () => {
    const added = await addMember(owner, { email: "new@acme.example", name: "New Person", role: "auditor" });
    expect(added).toMatchObject({ is_new_account: true, name: "New Person", role: "auditor" });
    const password = added.initial_password ?? "";
    const started = await signIn({ email: "new@acme.example", password }, origin);
    expect((await findSignedIn(started.secret))?.memberships).toEqual([
      { organizationId: "acme-corp", organizationName: "acme-corp", role: "auditor" },
    ]);
    const trace = await database().auditEvent.findMany({ where: { targetId: added.user_id } });
    expect(JSON.stringify(trace)).not.toContain(password);
    expect(await codeOf(addMember(owner, { email: "new@acme.example", role: "owner" }))).toBe("member.already_exists");
  });

  test("a person with an account keeps the password and sees both organizations", async () => {
    const other = await createTestOrganization("globex");
    const member = await createTestMember("acme-corp", "app-admin");
    const added = await addMember(other, { email: member.name, role: "auditor" });
    expect(added).toMatchObject({ is_new_account: false, initial_password: null, user_id: member.id });
    expect(await rolesOf(member.id)).toEqual([
      ["acme-corp", "app-admin"],
      ["globex", "auditor"],
    ]);
  });

  test("the last owner stays, also when two owners step down at once", async () => {
    const first = await createTestOrganization("hooli");
    expect(await codeOf(removeMember(first, { user_id: first.id }))).toBe("member.last_owner");
    expect(await codeOf(changeRole(first, { user_id: first.id, role: "auditor" }))).toBe("member.last_owner");
    const second = await createTestMember("hooli", "owner");
    const codes = await Promise.all([
      codeOf(changeRole(first, { user_id: first.id, role: "auditor" })),
      codeOf(removeMember(second, { user_id: second.id })),
    ]);
    expect(codes.sort()).toEqual(["member.last_owner", "no error"]);
    expect(await database().membership.count({ where: { organizationId: "hooli", role: "owner" } })).toBe(1);
  });

  test("a disabled owner does not count as the one who stays", async () => {
    const first = await createTestOrganization("stark");
    const second = await createTestMember("stark", "owner");
    await database().user.update({ where: { id: second.id }, data: { disabledAt: new Date() } });
    expect(await codeOf(removeMember(first, { user_id: first.id }))).toBe("member.last_owner");
    expect(await codeOf(removeMember(first, { user_id: second.id }))).toBe("no error");
  });

  test("N1: a role that is taken away counts for nothing at the next request; the last membership ends the sessions", async () => {
    const added = await addMember(owner, { email: "leaver@acme.example", role: "security-admin" });
    const started = await signIn({ email: "leaver@acme.example", password: added.initial_password ?? "" }, origin);
    await changeRole(owner, { user_id: added.user_id, role: "auditor" });
    expect((await findSignedIn(started.secret))?.memberships[0]?.role).toBe("auditor");
    await removeMember(owner, { user_id: added.user_id });
    expect(await findSignedIn(started.secret)).toBeNull();
    await addMember(owner, { email: "leaver@acme.example", role: "auditor" });
    expect(await findSignedIn(started.secret)).toBeNull();
  });

  test("A1: a member of another organization is not found here, and stays as it was", async () => {
    const other = await createTestOrganization("wayne");
    expect(await codeOf(changeRole(owner, { user_id: other.id, role: "auditor" }))).toBe("member.not_found");
    expect(await codeOf(removeMember(owner, { user_id: other.id }))).toBe("member.not_found");
    expect(await codeOf(removeMember(owner, { user_id: "nobody" }))).toBe("member.not_found");
    expect((await listMembers(other)).map((member) => [member.user_id, member.role])).toEqual([[other.id, "owner"]]);
  });

  test("twenty that add the same new person at once make one account and one membership", async () => {
    const codes = await Promise.all(
      Array.from({ length: 20 }, () => codeOf(addMember(owner, { email: "race@acme.example", role: "auditor" }))),
    );
    expect(codes.filter((code) => code === "no error")).toHaveLength(1);
    expect(new Set(codes)).toEqual(new Set(["no error", "member.already_exists"]));
    expect(await findUserByEmail("race@acme.example")).not.toBeNull();
  });

  test("two organizations that add the same new person at once make one account, which both have", async () => {
    const owners = await Promise.all(["tyrell", "weyland"].map((id) => createTestOrganization(id)));
    const added = await Promise.all(
      owners.map((one) => addMember(one, { email: "shared@acme.example", role: "auditor" })),
    );
    expect(added.map((member) => member.is_new_account).sort()).toEqual([false, true]);
    expect(added[0]?.user_id).toBe(added[1]?.user_id);
  });
});
