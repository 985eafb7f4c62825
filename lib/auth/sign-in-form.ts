import "server-only";
// What the sign-in form, the sign-out button and the question for the password do: they set and take the cookie and say where to go.
import { redirect } from "next/navigation";
import { AppError, isAppError } from "../errors.ts";
import { safeCallbackPath } from "./callback-path.ts";
import { clearSessionCookie, readSessionSecret, writeSessionCookie } from "./cookie.ts";
import { requestOrigin } from "./request-origin.ts";
import { type ConfirmIdentityInput, signInSchema } from "./schema.ts";
import { type StartedSession, signIn, signOut } from "./service.ts";
import { clearSignInFailure, writeSignInFailure } from "./sign-in-failure.ts";

/** Signs in with what the form sent; answers with the path to go to: where the person was going, or the form again. */
export async function signInFromForm(form: URLSearchParams): Promise<string> {
  const callback = safeCallbackPath(form.get("callback"));
  const email = form.get("email") ?? "";
  let started: StartedSession;
  try {
    const input = signInSchema.safeParse({ email, password: form.get("password") });
    if (!input.success) throw new AppError("auth.bad_credentials", "The email address or the password is wrong.");
    started = await signIn(input.data, await requestOrigin());
  } catch (error) {
    if (!isAppError(error, "auth.bad_credentials", "auth.throttled")) throw error;
    const { retry_after: seconds } = error.details;
    const retryAfter = typeof seconds === "number" ? seconds : null;
    const failed = await writeSignInFailure({ retryAfter, email: email.slice(0, 254) });
    const query = new URLSearchParams({ callback, failed });
    if (form.get("account") === "other") query.set("account", "other");
    return `/sign-in?${query}`;
  }
  await clearSignInFailure();
  await takeOver(started);
  return callback;
}

/**
 * Proves once more who is at the portal: a new session, begun with the password, takes the place of the old one.
 * @throws auth.bad_credentials auth.throttled
 */
export async function confirmIdentityHere(email: string, { password }: ConfirmIdentityInput): Promise<void> {
  try {
    await takeOver(await signIn({ email, password }, await requestOrigin()));
  } catch (cause) {
    if (!isAppError(cause, "auth.bad_credentials")) throw cause;
    const message = "This is not your password.";
    throw new AppError(cause.code, message, { cause, errors: [{ field: "password", code: "wrong", message }] });
  }
}

/** Ends the session of this browser and leads to the sign-in page. */
export async function signOutHere(): Promise<never> {
  await endSessionHere();
  redirect("/sign-in");
}

/** Ends the session of this browser and takes its cookie. */
export async function endSessionHere(): Promise<void> {
  await endCurrentSession();
  await clearSessionCookie();
}

/** The new session takes the place of the one that this browser has, if it has one. */
async function takeOver({ secret, user, expiresAt }: StartedSession): Promise<void> {
  await endCurrentSession();
  await writeSessionCookie({ secret, userId: user.id, expiresAt });
}

async function endCurrentSession(): Promise<void> {
  const secret = await readSessionSecret();
  if (secret !== null) await signOut(secret, await requestOrigin());
}
