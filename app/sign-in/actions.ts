"use server";
// The sign-out button of the portal.
import { signOutHere } from "#lib/auth/sign-in-form.ts";

export async function signOutAction(): Promise<void> {
  await signOutHere();
}
