// What an organization is called, and which of its members must stay.
import type { Role } from "../auth/permissions.ts";

/** The slug that stands in every URL of an organization. */
export const ORGANIZATION_ID = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** Slugs that would be mistaken for a part of the site. */
const RESERVED_IDS = new Set(["new", "api", "admin", "portal", "sign-in", "signet", "well-known", "oauth", "saml"]);

/** True for a slug that nobody may take. */
export function isReservedId(id: string): boolean {
  return RESERVED_IDS.has(id);
}

/** A member as the rules see it. */
export type MemberState = { userId: string; role: Role; isDisabled: boolean };

/** True when, without this member being an owner any more, nobody could manage the organization. */
export function isLastOwner(members: readonly MemberState[], userId: string): boolean {
  const owners = members.filter((member) => member.role === "owner" && !member.isDisabled);
  const isOwner = members.some((member) => member.userId === userId && member.role === "owner");
  return isOwner && owners.every((owner) => owner.userId === userId);
}
