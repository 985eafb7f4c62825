// What people see of organizations and members: an allow-list, times in ISO 8601 UTC.
import type { Role } from "../auth/permissions.ts";
import type { MemberRow, OrganizationRow } from "./repository.ts";

export type { Role } from "../auth/permissions.ts";

/** An organization. */
export type OrganizationView = { id: string; name: string; created_at: string };

/** A member. */
export type MemberView = {
  user_id: string;
  email: string;
  name: string;
  role: Role;
  is_disabled: boolean;
  added_at: string;
};

/** The answer to adding a member: the only place where the first password of a new account ever stands. */
export type AddedMemberView = MemberView & { is_new_account: boolean; initial_password: string | null };

/** Shows an organization. */
export function toOrganizationView(row: OrganizationRow): OrganizationView {
  return { id: row.id, name: row.name, created_at: row.createdAt.toISOString() };
}

/** Shows a member. */
export function toMemberView(row: MemberRow): MemberView {
  return {
    user_id: row.userId,
    email: row.email,
    name: row.name,
    role: row.role,
    is_disabled: row.isDisabled,
    added_at: row.createdAt.toISOString(),
  };
}

/** What a new password ended: other portal sessions, and sign-ins to applications in all organizations of the person. */
export type PasswordChangeView = { ended_sessions: number; ended_application_sessions: number };

/** Whether a person is shut out everywhere, and what that ended; `changed` is false when it was so already. */
export type AccountView = PasswordChangeView & {
  user_id: string;
  email: string;
  is_disabled: boolean;
  changed: boolean;
  /** The ids of the organizations that the person is a member of. */
  organizations: string[];
};
