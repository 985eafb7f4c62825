// The roles in words, and what each of them may do.
import type { Role } from "#lib/organizations/view.ts";

/** A role as people call it. */
export const roleNames: Record<Role, string> = {
  owner: "Owner",
  "security-admin": "Security admin",
  "app-admin": "App admin",
  auditor: "Auditor",
};

/** What a role may do, in one line. */
export const roleDescriptions: Record<Role, string> = {
  owner: "Everything, also members and settings",
  "security-admin": "Rotate and drop keys, read the audit log",
  "app-admin": "Manage applications, see keys",
  auditor: "See keys, applications and the audit log",
};

/** The roles with the most powerful one first. */
export const rolesInOrder: readonly Role[] = ["owner", "security-admin", "app-admin", "auditor"];
