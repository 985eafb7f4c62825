import "server-only";
// The people behind tokens, in memory for a moment, so that a busy verifier does not cost a query each time.
import { OrganizationCache } from "../db/organization-cache.ts";
import { findActiveMember, wasMemberAt } from "../organizations/members.ts";

/** An account may be disabled in storage without a word, so nobody is believed for longer. */
const KEPT_MILLISECONDS = 2000;

/** What a token may tell of its person. */
export type Person = { userId: string; name: string; email: string };

type KnownPerson = Person & { isMemberAt: (moment: Date) => boolean; knownUntil: number };

const people = new OrganizationCache<KnownPerson>(loadPerson, ({ knownUntil }) => knownUntil);

/** The member if at hand; null for somebody who is none or is disabled, undefined means: call {@link getPerson}. */
export function peekPerson(organizationId: string, userId: string): KnownPerson | null | undefined {
  return people.peek(organizationId, userId);
}

/** The member, or null for somebody who is none or is disabled. */
export async function getPerson(organizationId: string, userId: string): Promise<KnownPerson | null> {
  return (await people.get(organizationId, userId)).value;
}

async function loadPerson(organizationId: string, userId: string): Promise<KnownPerson | null> {
  const knownUntil = Date.now() + KEPT_MILLISECONDS;
  const member = await findActiveMember(organizationId, userId);
  if (member === null) return null;
  const { name, email } = member;
  return { userId, name, email, isMemberAt: (moment) => wasMemberAt(member, moment), knownUntil };
}
