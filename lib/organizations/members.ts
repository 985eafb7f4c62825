import "server-only";
// Tells the issuer which people still belong to an organization; apart from the service, which loads much more.
import { findMember, type MemberRow } from "./repository.ts";

/**
 * The member behind a token, or null when that person is disabled, no member any more, or became one again only after
 * `since`: what was granted before does not come back.
 */
export async function findActiveMember(organizationId: string, userId: string, since: Date): Promise<MemberRow | null> {
  const member = await findMember(organizationId, userId);
  return member === null || member.isDisabled || member.createdAt > since ? null : member;
}
