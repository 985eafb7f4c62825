import "server-only";
// What the sign-in form and the sign-out button do: they set and take the cookie and say where to go.
import { redirect } from "next/navigation";
import { AppError, isAppError } from "../errors.ts";
import { safeCallbackPath } from "./callback-path.ts";
import { clearSessionCookie, readSessionSecret, writeSessionCookie } from "./cookie.ts";
import { requestOrigin } from "./request-origin.ts";
import { signInSchema } from "./schema.ts";
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
  await endCurrentSession();
  await clearSignInFailure();
  await writeSessionCookie({ secret: started.secret, userId: started.user.id, expiresAt: started.expiresAt });
  return callback;
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

async function endCurrentSession(): Promise<void> {
  const secret = await readSessionSecret();
  if (secret !== null) await signOut(secret, await requestOrigin());
}
