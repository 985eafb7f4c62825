// Goes on with an application's request: after a sign-in, and with what the person decided.
import { browserRoute } from "#lib/http/browser-route.ts";
import { answerDecision, answerResume } from "#lib/oidc/authorization-reply.ts";

export const GET = browserRoute(answerResume);
export const POST = browserRoute(answerDecision, { isOwnFormOnly: true });
