"use server";
// The form of the sign-in page, and the sign-out button of the portal.
import { signInFromForm, signOutHere } from "#lib/auth/sign-in-form.ts";
import type { SignInState } from "#lib/auth/view.ts";

export async function signInAction(previous: SignInState, form: FormData): Promise<SignInState> {
  return signInFromForm(previous, form);
}

export async function signOutAction(): Promise<void> {
  await signOutHere();
}
