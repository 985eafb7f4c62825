import "server-only";
// What concerns a person in every organization at once: a new password, and being shut out.
import { recordAuditEvent } from "../audit/repository.ts";
import type { Actor } from "../auth/actor.ts";
import { preparePasswordChange, writePasswordChange } from "../auth/own-password.ts";
import { findOrganizationIdsOfUser } from "../auth/repository.ts";
import type { ChangePasswordInput } from "../auth/schema.ts";
import { changeOrganizations } from "../db/transaction.ts";
import { endSessionsOfUser } from "../sessions/service.ts";
import type { PasswordChangeView } from "./view.ts";

/**
 * Replaces the actor's own password, and ends every other portal session of theirs and their sign-ins to applications in
 * all their organizations, because whoever knew the old one may hold them. Each organization's log tells how many.
 * @throws auth.forbidden for an actor who is no person
 * @throws auth.bad_credentials when the current password is wrong
 * @throws auth.throttled after too many wrong ones
 */
export async function changeOwnPassword(
  actor: Actor,
  { currentSessionId, ...input }: ChangePasswordInput & { currentSessionId: string },
  now: Date = new Date(),
): Promise<PasswordChangeView> {
  const change = await preparePasswordChange(actor, input);
  const { user } = change;
  const organizationIds = await findOrganizationIdsOfUser(user.id);
  return changeOrganizations(organizationIds, async (transaction) => {
    const portalSessions = await writePasswordChange(change, currentSessionId, now, transaction);
    let total = 0;
    for (const organizationId of organizationIds) {
      const ended = await endSessionsOfUser(organizationId, user.id, now, transaction);
      const after = { ended_sessions: portalSessions, ended_application_sessions: ended };
      const target = { type: "user", id: user.id, name: user.email } as const;
      const event = { action: "user.password_changed", target, after } as const;
      await recordAuditEvent(transaction, { ...actor, organizationId }, event, now);
      total += ended;
    }
    return { ended_sessions: portalSessions, ended_application_sessions: total };
  });
}
