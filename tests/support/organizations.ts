// Makes organizations and people straight in the database, so that a test of one room needs no other room's service.
import { randomUUID } from "node:crypto";
import type { Actor } from "#lib/auth/actor.ts";
import { permissionsOfRole, type Role } from "#lib/auth/permissions.ts";
import { transact } from "#lib/db/transaction.ts";
import { insertInitialKeys, prepareInitialKeys } from "#lib/keys/initial.ts";

/** An organization with its first keys and an owner; answers that owner as an actor. */
export async function createTestOrganization(organizationId: string, now: Date = new Date()): Promise<Actor> {
  const keys = await prepareInitialKeys(organizationId);
  await transact(async (transaction) => {
    await transaction.organization.create({ data: { id: organizationId, name: organizationId, createdAt: now } });
    await insertInitialKeys(organizationId, keys, transaction, now);
  });
  return createTestMember(organizationId, "owner", now);
}

/** A new person with this role in an organization that exists, as an actor. */
export async function createTestMember(organizationId: string, role: Role, now: Date = new Date()): Promise<Actor> {
  const userId = randomUUID();
  const email = `${role}-${userId.slice(0, 8)}@${organizationId}.example`;
  await transact(async (transaction) => {
    await transaction.user.create({
      data: { id: userId, email, name: `${role} of ${organizationId}`, passwordHash: "none", createdAt: now },
    });
    await transaction.membership.create({ data: { organizationId, userId, role, createdAt: now } });
  });
  return {
    type: "user",
    id: userId,
    name: email,
    userId,
    role,
    organizationId,
    permissions: permissionsOfRole(role),
    address: "127.0.0.1",
    requestId: "test",
  };
}
