import "server-only";
// What a narrowed list of sessions is called, and what can be revoked as a whole there.
import { shortKid } from "#components/keys/kid-parts.ts";
import type { RevocationTarget } from "#components/sessions/session-action.ts";
import { getApplication } from "#lib/applications/service.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { isAppError } from "#lib/errors.ts";
import { listSessions } from "#lib/sessions/service.ts";

/** A list that is not whole, in words; `target` is null where it is no group that can be revoked as one. */
export type ShownSessions = { text: string; target: RevocationTarget | null };

type Filter = { application_id?: string | undefined; user_id?: string | undefined; kid?: string | undefined };

/** What the filter means; null for the whole list. */
export async function readSessionFilter(actor: Actor, filter: Filter, now: Date): Promise<ShownSessions | null> {
  const { application_id: applicationId, user_id: userId, kid } = filter;
  const application = applicationId === undefined ? null : await findNamed(actor, applicationId, now);
  const user = userId === undefined ? null : await findPerson(actor, userId, now);
  const parts = [
    application && `of ${application.name}`,
    user && `of ${user.email}`,
    kid === undefined ? null : `with tokens of the key ${shortKid(kid)}`,
  ].filter((part) => part !== null);
  if (parts.length === 0) return null;
  const groups: RevocationTarget[] = [
    ...(application === null ? [] : [{ kind: "application" as const, application }]),
    ...(user === null ? [] : [{ kind: "user" as const, user }]),
  ];
  const [only] = groups;
  const target = only !== undefined && groups.length === 1 && kid === undefined ? only : null;
  return { text: `Only sessions ${parts.join(", ")}`, target };
}

async function findNamed(actor: Actor, id: string, now: Date): Promise<{ id: string; name: string }> {
  try {
    const { name } = await getApplication(actor, id, now);
    return { id, name };
  } catch (error) {
    if (!isAppError(error, "application.not_found")) throw error;
    return { id, name: "an application that is gone" };
  }
}

/** A person is named by the sessions, so that nobody learns of people who have none here. */
async function findPerson(actor: Actor, id: string, now: Date): Promise<{ id: string; email: string }> {
  const { data } = await listSessions(actor, { limit: 1, user_id: id }, now);
  return { id, email: data[0]?.user?.email ?? "a person without sessions" };
}
