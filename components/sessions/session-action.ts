// What can be done to sessions, as the pages hand it to the components, and which sessions that concerns.
import type { Action } from "#components/ui/use-action.ts";
import type { RevokedGroup } from "#lib/sessions/schema.ts";
import type { RevocationView, SessionView } from "#lib/sessions/view.ts";

/** Revoke one session, or all of a group. */
export type RevokeSessionsActions = {
  one: Action<{ id: string }, RevocationView>;
  group: Action<RevokedGroup, RevocationView>;
};

/** What a person chose to revoke. */
export type RevocationTarget =
  | { kind: "session"; session: SessionView }
  | { kind: "application"; application: { id: string; name: string } }
  | { kind: "user"; user: { id: string; email: string } }
  | { kind: "all" };

/** Who uses the application in this session: a person's address, or the client id. */
export function whoOf({ user, subject }: Pick<SessionView, "user" | "subject">): string {
  return user?.email ?? subject;
}
