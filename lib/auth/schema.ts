// What a person types to sign in or to change a password, checked.
import { z } from "zod";

/** An email address in the form in which it is stored: trimmed and in lower case. */
export const emailSchema = z
  .string()
  .max(254, "At most 254 characters.")
  .trim()
  .toLowerCase()
  .pipe(z.email("This is not an email address."));

// A password that somebody chooses.
const newPasswordSchema = z.string().min(10, "At least 10 characters.").max(256, "At most 256 characters.");

/** The sign-in form. A password of any length is taken here, because the answer must be the same for all wrong ones. */
export const signInSchema = z.object({
  email: z.string().trim().toLowerCase().min(1).max(254).refine(isStorable),
  password: z.string().min(1).max(256).refine(isStorable),
});

/** The sign-in form, checked. */
export type SignInInput = z.output<typeof signInSchema>;

/** The form with which people change their own password. */
export const changePasswordSchema = z.strictObject({
  current_password: z.string().min(1, "Type your current password.").max(256),
  new_password: newPasswordSchema,
});

/** The form with which people change their own password, checked. */
export type ChangePasswordInput = z.output<typeof changePasswordSchema>;

/** The password of somebody who is signed in already. */
export const confirmIdentitySchema = z.strictObject({
  password: z.string().min(1, "Type your password.").max(256, "At most 256 characters.").refine(isStorable),
});

/** The password of somebody who is signed in already, checked. */
export type ConfirmIdentityInput = z.output<typeof confirmIdentitySchema>;

/** Names one of one's own portal sessions. */
export const revokePortalSessionSchema = z.strictObject({ id: z.string().regex(/^[A-Za-z0-9_-]{43}$/) });

/** PostgreSQL takes no NUL, and UTF-8 no lone surrogate. */
function isStorable(text: string): boolean {
  return !text.includes("\0") && text.isWellFormed();
}
