// The permissions, the roles that carry them, and the one rule about which include which.

/** Every permission of PRODUCT.md section 1. */
export const PERMISSIONS = [
  "certificates.manage",
  "certificates.view",
  "applications.manage",
  "audit.view",
  "members.manage",
] as const;

/** One permission. */
export type Permission = (typeof PERMISSIONS)[number];

/** Every role of a member. */
export const ROLES = ["owner", "security-admin", "app-admin", "auditor"] as const;

/** One role. */
export type Role = (typeof ROLES)[number];

const ROLE_PERMISSIONS: Record<Role, readonly Permission[]> = {
  owner: PERMISSIONS,
  "security-admin": ["certificates.manage", "certificates.view", "audit.view"],
  "app-admin": ["applications.manage", "certificates.view"],
  auditor: ["certificates.view", "audit.view"],
};

/** The permissions of a role. */
export function permissionsOfRole(role: Role): ReadonlySet<Permission> {
  return withImplied(ROLE_PERMISSIONS[role]);
}

/** Adds what is implied: `manage` of certificates includes `view`. */
export function withImplied(permissions: Iterable<Permission>): ReadonlySet<Permission> {
  const all = new Set(permissions);
  if (all.has("certificates.manage")) all.add("certificates.view");
  return all;
}

/** True for a string that is a permission. */
export function isPermission(value: string): value is Permission {
  return (PERMISSIONS as readonly string[]).includes(value);
}
