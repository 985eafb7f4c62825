import "server-only";
// Tells the issuer which people still belong to an organization; apart from the service, which loads much more.
import type { Transaction } from "../db/client.ts";
import { findMember, type MemberRow } from "./repository.ts";

/** The member with this user id, or null for somebody who is none or whose account is disabled. */
export async function findActiveMember(
  organizationId: string,
  userId: string,
  transaction?: Transaction,
): Promise<MemberRow | null> {
  const member = await findMember(organizationId, userId, transaction);
  return member === null || member.isDisabled ? null : member;
}

/** True unless the person became a member, perhaps again, only after that moment: what was granted before does not come back. */
export function wasMemberAt({ createdAt }: MemberRow, moment: Date): boolean {
  return createdAt <= moment;
}
