// What a personal access token is, when it works, and what it may do.
import { type Permission, permissionsOfRole, type Role, withImplied } from "../auth/permissions.ts";

/** Stands for the portal where RFC 9068 asks for a client; no application gets this id, theirs are random. */
export const PORTAL_CLIENT_ID = "signet-portal";

/** A personal access token as it is stored; `id` is its jti. */
export type PersonalToken = {
  id: string;
  organizationId: string;
  userId: string;
  name: string;
  permissions: Permission[];
  kid: string;
  createdAt: Date;
  expiresAt: Date;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
};

/** The person behind a token, as far as the token depends on it. */
export type TokenHolder = {
  email: string;
  disabledAt: Date | null;
  membership: { role: Role; createdAt: Date } | null;
};

/** True while a token may be used: not expired, not revoked, and its person still is the member that made it. */
export function isUsable(token: PersonalToken, holder: TokenHolder, now: Date): boolean {
  return (
    token.revokedAt === null &&
    token.expiresAt > now &&
    holder.disabledAt === null &&
    holder.membership !== null &&
    holder.membership.createdAt <= token.createdAt
  );
}

/** What a token may do now: never more than its person may. */
export function effectivePermissions(token: PersonalToken, role: Role): ReadonlySet<Permission> {
  const held = permissionsOfRole(role);
  return new Set([...withImplied(token.permissions)].filter((permission) => held.has(permission)));
}
