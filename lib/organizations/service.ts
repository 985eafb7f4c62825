import "server-only";
// The public door of organizations: making and naming them, and who is a member of them as what.
import { recordAuditEvent } from "../audit/repository.ts";
import { type Actor, requirePermission } from "../auth/actor.ts";
import {
  findOrganizationIdsOfUser,
  findUserByEmail,
  insertUser,
  revokeSessions,
  type UserRow,
} from "../auth/repository.ts";
import { randomToken } from "../crypto/digest.ts";
import { hashPassword } from "../crypto/password.ts";
import { announceOrganizationChanged } from "../db/changes.ts";
import type { Transaction } from "../db/client.ts";
import { changeOrganization, transact } from "../db/transaction.ts";
import { AppError } from "../errors.ts";
import { insertInitialKeys, prepareInitialKeys } from "../keys/initial.ts";
import { endSessionsOfUser } from "../sessions/service.ts";
import { isLastOwner, ORGANIZATION_ID } from "./organization.ts";
import {
  findMembers,
  findOrganization,
  insertMembership,
  insertOrganization,
  type MemberRow,
  removeMembership,
  updateOrganizationName,
  updateRole,
} from "./repository.ts";
import type {
  AddMemberInput,
  ChangeRoleInput,
  CreateOrganizationInput,
  RemoveMemberInput,
  RenameOrganizationInput,
} from "./schema.ts";
import {
  type AddedMemberView,
  type MemberView,
  type OrganizationView,
  toMemberView,
  toOrganizationView,
} from "./view.ts";

export { changeOwnPassword, setUserDisabled } from "./account.ts";

const INITIAL_PASSWORD_BYTES = 12;

/**
 * Makes an organization with its keys; a person who makes it becomes its owner. Only owners (of any organization) may.
 * @throws auth.forbidden organization.id_taken
 */
export async function createOrganization(
  actor: Actor,
  { id, name }: CreateOrganizationInput,
  now: Date = new Date(),
): Promise<OrganizationView> {
  requirePermission(actor, "members.manage");
  const keys = await prepareInitialKeys(id, name, now);
  await transact(async (transaction) => {
    await insertOrganization(id, { name, createdAt: now }, transaction);
    const maker = { ...actor, organizationId: id };
    const target = { type: "organization", id, name } as const;
    await recordAuditEvent(transaction, maker, { action: "organization.created", target, after: { name } }, now);
    await insertInitialKeys(id, keys, transaction, now);
    if (actor.userId !== null) await insertOwner(transaction, maker, actor.userId, now);
  });
  await announceOrganizationChanged(id);
  return { id, name, created_at: now.toISOString() };
}

async function insertOwner(transaction: Transaction, maker: Actor, userId: string, now: Date): Promise<void> {
  await insertMembership(maker.organizationId, { userId, role: "owner", createdAt: now }, transaction);
  const target = { type: "user", id: userId, name: maker.name } as const;
  await recordAuditEvent(transaction, maker, { action: "member.added", target, after: { role: "owner" } }, now);
}

/** The actor's organization. @throws organization.not_found */
export async function getOrganization(actor: Actor): Promise<OrganizationView> {
  const row = await findOrganization(actor.organizationId);
  if (!row) throw new AppError("organization.not_found", "There is no such organization.");
  return toOrganizationView(row);
}

/** What anybody may know of an organization: that it is there, and its name; null when it is not. */
export async function findOrganizationName(organizationId: string): Promise<string | null> {
  if (!ORGANIZATION_ID.test(organizationId)) return null;
  return (await findOrganization(organizationId))?.name ?? null;
}

/** Gives the organization another name; its id stays. @throws auth.forbidden */
export async function renameOrganization(
  actor: Actor,
  { name }: RenameOrganizationInput,
  now: Date = new Date(),
): Promise<OrganizationView> {
  requirePermission(actor, "members.manage");
  return changeOrganization(actor.organizationId, async (transaction) => {
    const before = await findOrganization(actor.organizationId, transaction);
    if (!before) throw new AppError("organization.not_found", "There is no such organization.");
    if (before.name === name) return toOrganizationView(before);
    await updateOrganizationName(actor.organizationId, name, transaction);
    const target = { type: "organization", id: before.id, name } as const;
    const event = { action: "organization.renamed", target, before: { name: before.name }, after: { name } } as const;
    await recordAuditEvent(transaction, actor, event, now);
    return toOrganizationView({ ...before, name });
  });
}

/** Every member, the oldest first. @throws auth.forbidden */
export async function listMembers(actor: Actor): Promise<MemberView[]> {
  requirePermission(actor, "members.manage");
  return (await findMembers(actor.organizationId)).map(toMemberView);
}

/**
 * Adds a person as a member; someone without an account gets one, with a password that the answer shows once.
 * @throws auth.forbidden member.already_exists
 */
export async function addMember(actor: Actor, input: AddMemberInput, now: Date = new Date()): Promise<AddedMemberView> {
  requirePermission(actor, "members.manage");
  const initialPassword = (await findUserByEmail(input.email)) ? null : randomToken(INITIAL_PASSWORD_BYTES);
  const passwordHash = initialPassword === null ? null : await hashPassword(initialPassword);
  const attempt = (): Promise<AddedMemberView> => insertMember(actor, input, { initialPassword, passwordHash }, now);
  try {
    return await attempt();
  } catch (error) {
    // Another organization made the same account at the same moment; now it exists.
    if ((error as { code?: unknown }).code !== "P2002") throw error;
    return attempt();
  }
}

async function insertMember(
  actor: Actor,
  input: AddMemberInput,
  { initialPassword, passwordHash }: { initialPassword: string | null; passwordHash: string | null },
  now: Date,
): Promise<AddedMemberView> {
  return changeOrganization(actor.organizationId, async (transaction) => {
    const existing = await findUserByEmail(input.email, transaction);
    const user = existing ?? (await insertAccount(transaction, input, passwordHash, now));
    const members = await findMembers(actor.organizationId, transaction);
    if (members.some((member) => member.userId === user.id)) {
      throw new AppError("member.already_exists", "This person is a member already.", {
        errors: [{ field: "email", code: "already_member", message: "This person is a member already." }],
      });
    }
    const membership = { userId: user.id, role: input.role, createdAt: now };
    await insertMembership(actor.organizationId, membership, transaction);
    const target = { type: "user", id: user.id, name: user.email } as const;
    const isNew = existing === null;
    const after = { role: input.role, is_new_account: isNew };
    await recordAuditEvent(transaction, actor, { action: "member.added", target, after }, now);
    const row = { ...membership, email: user.email, name: user.name, isDisabled: user.disabledAt !== null };
    return { ...toMemberView(row), is_new_account: isNew, initial_password: isNew ? initialPassword : null };
  });
}

async function insertAccount(
  transaction: Transaction,
  { email, name }: AddMemberInput,
  passwordHash: string | null,
  now: Date,
): Promise<UserRow> {
  if (passwordHash === null) throw new AppError("member.not_found", "The account was removed meanwhile; try again.");
  const user = { id: crypto.randomUUID(), email, name: name || email, passwordHash, createdAt: now };
  await insertUser(user, transaction);
  return { ...user, disabledAt: null };
}

/**
 * Gives a member another role; what the old one allowed ends with their next request.
 * @throws auth.forbidden member.not_found member.last_owner
 */
export async function changeRole(
  actor: Actor,
  { user_id: userId, role }: ChangeRoleInput,
  now: Date = new Date(),
): Promise<MemberView> {
  requirePermission(actor, "members.manage");
  return changeOrganization(actor.organizationId, async (transaction) => {
    const members = await findMembers(actor.organizationId, transaction);
    const member = memberOf(members, userId);
    if (member.role === role) return toMemberView(member);
    if (role !== "owner") keepOneOwner(members, userId);
    await updateRole(actor.organizationId, { userId, role }, transaction);
    const target = { type: "user", id: userId, name: member.email } as const;
    const event = { action: "member.role_changed", target, before: { role: member.role }, after: { role } } as const;
    await recordAuditEvent(transaction, actor, event, now);
    return toMemberView({ ...member, role });
  });
}

/**
 * Ends a membership; with the last one the person's portal sessions end too.
 * @throws auth.forbidden member.not_found member.last_owner
 */
export async function removeMember(
  actor: Actor,
  { user_id: userId }: RemoveMemberInput,
  now: Date = new Date(),
): Promise<void> {
  requirePermission(actor, "members.manage");
  await changeOrganization(actor.organizationId, async (transaction) => {
    const members = await findMembers(actor.organizationId, transaction);
    const member = memberOf(members, userId);
    keepOneOwner(members, userId);
    await removeMembership(actor.organizationId, userId, transaction);
    await endSessionsOfUser(actor.organizationId, userId, now, transaction);
    const isLast = (await findOrganizationIdsOfUser(userId, transaction)).length === 0;
    if (isLast) await revokeSessions(userId, {}, now, transaction);
    const target = { type: "user", id: userId, name: member.email } as const;
    const event = { action: "member.removed", target, before: { role: member.role } } as const;
    await recordAuditEvent(transaction, actor, event, now);
  });
}

function memberOf(members: MemberRow[], userId: string): MemberRow {
  const member = members.find((candidate) => candidate.userId === userId);
  if (!member) throw new AppError("member.not_found", "There is no such member.");
  return member;
}

function keepOneOwner(members: MemberRow[], userId: string): void {
  if (!isLastOwner(members, userId)) return;
  throw new AppError("member.last_owner", "The organization needs an owner; make somebody else one first.");
}
