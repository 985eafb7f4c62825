import "server-only";
// The people behind tokens, in memory for a moment, so that a busy verifier does not cost a query each time.
import { OrganizationCache } from "../db/organization-cache.ts";
import { findActiveMember, wasMemberAt } from "../organizations/members.ts";

/** An account may be disabled in storage without a word, so nobody is believed for longer. */
const KEPT_MILLISECONDS = 2000;

/** What a token may tell of its person. */
export type Person = { userId: string; name: string; email: string };

type KnownPerson = Person & { isMemberAt: (moment: Date) => boolean };
/** Somebody who is none or is disabled is not known for longer either, since an account can be enabled again. */
type Answer = { person: KnownPerson | null; knownUntil: number };

const people = new OrganizationCache<Answer>(loadPerson, {
  endOf: ({ knownUntil }) => knownUntil,
  isOutdatedRefused: true,
});

/** The member if at hand; null for somebody who is none or is disabled, undefined means: call {@link getPerson}. */
export function peekPerson(organizationId: string, userId: string): KnownPerson | null | undefined {
  return people.peek(organizationId, userId)?.person;
}

/** The member, or null for somebody who is none or is disabled. */
export async function getPerson(organizationId: string, userId: string): Promise<KnownPerson | null> {
  return (await people.get(organizationId, userId)).value?.person ?? null;
}

async function loadPerson(organizationId: string, userId: string): Promise<Answer> {
  const knownUntil = Date.now() + KEPT_MILLISECONDS;
  const member = await findActiveMember(organizationId, userId);
  if (member === null) return { person: null, knownUntil };
  const { name, email } = member;
  return { person: { userId, name, email, isMemberAt: (moment) => wasMemberAt(member, moment) }, knownUntil };
}
