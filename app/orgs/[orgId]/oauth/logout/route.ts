// The end-session endpoint.
import { endSessionHere } from "#lib/auth/sign-in-form.ts";
import { browserRoute } from "#lib/http/browser-route.ts";
import { answerLogout } from "#lib/oidc/logout-reply.ts";

const answer = browserRoute((call) => answerLogout(call, endSessionHere));

export { answer as GET, answer as POST };
