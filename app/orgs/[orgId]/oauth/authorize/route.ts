// The authorization endpoint.
import { browserRoute } from "#lib/http/browser-route.ts";
import { answerAuthorize } from "#lib/oidc/authorization-reply.ts";

const answer = browserRoute(answerAuthorize);

export { answer as GET, answer as POST };
