import "server-only";
// The new password of a person at the portal: checked before a transaction, written within one.
import { hashPassword, verifyPassword } from "../crypto/password.ts";
import type { Transaction } from "../db/client.ts";
import { AppError } from "../errors.ts";
import type { Actor } from "./actor.ts";
import { findUser, revokeSessions, updatePasswordHash } from "./repository.ts";
import type { ChangePasswordInput } from "./schema.ts";
import { beginSignInTry } from "./throttle.ts";

/** A change that its person has proved to be allowed to make; the hashes are never shown. */
export type PasswordChange = { user: { id: string; email: string }; from: string; to: string };

/**
 * Checks the current password and hashes the new one, which takes a while.
 * @throws auth.forbidden for an actor who is no person
 * @throws auth.bad_credentials when the current password is wrong
 * @throws auth.throttled after too many wrong ones
 */
export async function preparePasswordChange(actor: Actor, input: ChangePasswordInput): Promise<PasswordChange> {
  const user = actor.userId === null ? null : await findUser(actor.userId);
  if (!user) throw new AppError("auth.forbidden", "Only a person has a password.");
  const attempt = await beginSignInTry(user.email, actor.address ?? "local");
  if (!(await verifyPassword(input.current_password, user.passwordHash))) {
    throw new AppError("auth.bad_credentials", "The current password is wrong.", {
      errors: [{ field: "current_password", code: "wrong", message: "This is not your current password." }],
    });
  }
  await attempt.succeeded();
  const { id, email, passwordHash: from } = user;
  return { user: { id, email }, from, to: await hashPassword(input.new_password) };
}

/**
 * Stores the new password and ends the person's portal sessions but one; answers how many.
 * @throws auth.bad_credentials when the password is another one by now
 */
export async function writePasswordChange(
  { user, from, to }: PasswordChange,
  currentSessionId: string,
  now: Date,
  transaction: Transaction,
): Promise<number> {
  if (!(await updatePasswordHash(user.id, { from, to }, transaction))) {
    throw new AppError("auth.bad_credentials", "The password has been changed by somebody else meanwhile.");
  }
  return revokeSessions(user.id, { exceptId: currentSessionId }, now, transaction);
}
