// Who acts: the person, program or process behind a call, with the organization it acts in and what it may do there.
import { AppError } from "../errors.ts";
import { PERMISSIONS, type Permission, type Role } from "./permissions.ts";

/** The caller of a service. Its organization is the only one that the call can touch. */
export type Actor = {
  type: "user" | "client" | "token" | "system";
  /** User id, client id, or personal access token id. */
  id: string;
  /** The person's email address, or the application's or token's name. */
  name: string;
  /** The person behind a portal session or a personal access token. */
  userId: string | null;
  role: Role | null;
  organizationId: string;
  permissions: ReadonlySet<Permission>;
  /** Remote address, or null for a command on the machine itself. */
  address: string | null;
  requestId: string;
};

/** Refuses an actor that lacks a permission. @throws auth.forbidden */
export function requirePermission(actor: Actor, permission: Permission): void {
  if (!actor.permissions.has(permission)) {
    throw new AppError("auth.forbidden", `This needs the permission ${permission}.`, {
      details: { required_permission: permission },
    });
  }
}

/** Refuses an actor that has none of these permissions, and names the last one. @throws auth.forbidden */
export function requireAnyPermission(actor: Actor, permissions: readonly [Permission, ...Permission[]]): void {
  for (const permission of permissions) if (actor.permissions.has(permission)) return;
  requirePermission(actor, permissions.at(-1) ?? permissions[0]);
}

/** Signet itself, or a command on the machine, acting in an organization with every permission. `name` says which part. */
export function systemActor(organizationId: string, name: string): Actor {
  return {
    type: "system",
    id: name,
    name,
    userId: null,
    role: null,
    organizationId,
    permissions: new Set(PERMISSIONS),
    address: null,
    requestId: crypto.randomUUID(),
  };
}
