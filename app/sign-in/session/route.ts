// Takes the sign-in form. A plain address and no server action: redirects lead on to applications, with and without scripts.
import { signInFromForm } from "#lib/auth/sign-in-form.ts";
import { browserRoute, seeOther } from "#lib/http/browser-route.ts";

export const POST = browserRoute(async ({ given }) => seeOther(await signInFromForm(given)), { isOwnFormOnly: true });

/** Somebody reloads, or came by the address. */
export const GET = browserRoute(async () => seeOther("/sign-in"));
