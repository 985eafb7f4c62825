"use server";
// What every page of the portal can do: prove once more who is at it, before what cannot be undone or gives access.
import { requireSignedIn } from "#lib/auth/portal.ts";
import { confirmIdentitySchema } from "#lib/auth/schema.ts";
import { confirmIdentityHere } from "#lib/auth/sign-in-form.ts";
import { action } from "#lib/http/action.ts";

export const confirmIdentityAction = action({
  input: confirmIdentitySchema,
  run: async ({ input }) => {
    const { user } = await requireSignedIn();
    await confirmIdentityHere(user.email, input);
  },
});
