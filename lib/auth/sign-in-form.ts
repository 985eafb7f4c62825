import "server-only";
// What the sign-in form and the sign-out button do: they set and take the cookie and lead on.
import { redirect } from "next/navigation";
import { AppError, isAppError } from "../errors.ts";
import { safeCallbackPath } from "./callback-path.ts";
import { clearSessionCookie, readSessionSecret, writeSessionCookie } from "./cookie.ts";
import { requestOrigin } from "./request-origin.ts";
import { signInSchema } from "./schema.ts";
import { type StartedSession, signIn, signOut } from "./service.ts";
import type { SignInState } from "./view.ts";

/** Signs in with what the form sent and leads to where the person was going; otherwise says why not. */
export async function signInFromForm(previous: SignInState, form: FormData): Promise<SignInState> {
  const typed = { email: form.get("email"), password: form.get("password") };
  const email = typeof typed.email === "string" ? typed.email.slice(0, 254) : "";
  let started: StartedSession;
  try {
    const input = signInSchema.safeParse(typed);
    if (!input.success) throw new AppError("auth.bad_credentials", "The e-mail address or the password is wrong.");
    started = await signIn(input.data, await requestOrigin());
  } catch (error) {
    if (!isAppError(error, "auth.bad_credentials", "auth.throttled")) throw error;
    const seconds = error.details.retry_after;
    return {
      message: error.message,
      retryAfter: typeof seconds === "number" ? seconds : null,
      email,
      tries: previous.tries + 1,
    };
  }
  await endCurrentSession();
  await writeSessionCookie({ secret: started.secret, userId: started.user.id, expiresAt: started.expiresAt });
  redirect(safeCallbackPath(form.get("callback")));
}

/** Ends the session of this browser and leads to the sign-in page. */
export async function signOutHere(): Promise<never> {
  await endCurrentSession();
  await clearSessionCookie();
  redirect("/sign-in");
}

async function endCurrentSession(): Promise<void> {
  const secret = await readSessionSecret();
  if (secret !== null) await signOut(secret, await requestOrigin());
}
