import "server-only";
// What concerns a person in every organization at once: a new password, and being shut out.
import { recordAuditEvent } from "../audit/repository.ts";
import { type Actor, requirePermission } from "../auth/actor.ts";
import { preparePasswordChange, writePasswordChange } from "../auth/own-password.ts";
import {
  findOrganizationIdsOfUser,
  findUserByEmail,
  revokeSessions,
  type UserRow,
  updateDisabledAt,
} from "../auth/repository.ts";
import type { ChangePasswordInput } from "../auth/schema.ts";
import type { Transaction } from "../db/client.ts";
import { changeOrganizations } from "../db/transaction.ts";
import { AppError } from "../errors.ts";
import { endSessionsOfUser } from "../sessions/service.ts";
import { isLastOwner } from "./organization.ts";
import { findMembers } from "./repository.ts";
import type { SetDisabledInput } from "./schema.ts";
import type { AccountView, PasswordChangeView } from "./view.ts";

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
    const ending = { user, organizationIds, action: "user.password_changed", portalSessions } as const;
    const total = await endApplicationSessions(actor, ending, now, transaction);
    return { ended_sessions: portalSessions, ended_application_sessions: total };
  });
}

/**
 * Shuts a person out of the portal and of every application, or lets them in again; only whoever has the machine may, since
 * it concerns all organizations. What had begun ends for good; personal access tokens rest while the person is disabled.
 * @throws auth.forbidden member.not_found
 * @throws member.last_owner when an organization would have no owner left, unless forced
 */
export async function setUserDisabled(
  actor: Actor,
  { email, is_disabled: isDisabled, force }: SetDisabledInput,
  now: Date = new Date(),
): Promise<AccountView> {
  requirePermission(actor, "members.manage");
  if (actor.type !== "system") throw new AppError("auth.forbidden", "This is done on the machine itself.");
  const user = await findUserByEmail(email);
  if (!user) throw new AppError("member.not_found", `Nobody has the address ${email}.`);
  const organizationIds = await findOrganizationIdsOfUser(user.id);
  const state = { user_id: user.id, email: user.email, is_disabled: isDisabled, organizations: organizationIds };
  return changeOrganizations(organizationIds, async (transaction) => {
    if (!(await updateDisabledAt(user.id, isDisabled ? now : null, transaction))) {
      return { ...state, changed: false, ended_sessions: 0, ended_application_sessions: 0 };
    }
    // A sign-in that overlapped the disabling must not come to life with the enabling; so either ends what there is.
    const portalSessions = await revokeSessions(user.id, {}, now, transaction);
    if (isDisabled && !force) await keepOtherOwners(organizationIds, user, transaction);
    const action = isDisabled ? "user.disabled" : "user.enabled";
    const total = await endApplicationSessions(
      actor,
      { user, organizationIds, action, portalSessions },
      now,
      transaction,
    );
    return { ...state, changed: true, ended_sessions: portalSessions, ended_application_sessions: total };
  });
}

type Ending = {
  user: { id: string; email: string };
  organizationIds: readonly string[];
  action: "user.password_changed" | "user.disabled" | "user.enabled";
  /** How many portal sessions ended by the way, for the logs. */
  portalSessions: number;
};

/** Ends the person's sign-ins to applications and tells the log of each organization; answers how many there were in all. */
async function endApplicationSessions(
  actor: Actor,
  { user, organizationIds, action, portalSessions }: Ending,
  now: Date,
  transaction: Transaction,
): Promise<number> {
  const target = { type: "user", id: user.id, name: user.email } as const;
  let total = 0;
  for (const organizationId of organizationIds) {
    const ended = await endSessionsOfUser(organizationId, user.id, now, transaction);
    const after = { ended_sessions: portalSessions, ended_application_sessions: ended };
    await recordAuditEvent(transaction, { ...actor, organizationId }, { action, target, after }, now);
    total += ended;
  }
  return total;
}

/** The person is disabled already here, so an organization whose only owner that was has none that could act. */
async function keepOtherOwners(
  organizationIds: readonly string[],
  user: UserRow,
  transaction: Transaction,
): Promise<void> {
  for (const organizationId of organizationIds) {
    if (!isLastOwner(await findMembers(organizationId, transaction), user.id)) continue;
    throw new AppError("member.last_owner", `${organizationId} would have no owner; make somebody else one first.`);
  }
}
