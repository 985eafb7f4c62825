// Decides what comes next for a checked authorization request: sign in, ask the person, hand out a code, or refuse.
import type { AuthorizationRefusal, Prompt } from "./authorization-request.ts";

/** A session of a clock that runs ahead is believed to be this many milliseconds too young at most. */
const CLOCK_TOLERANCE_MILLISECONDS = 60_000;

/** What the request asks about the person. */
export type AskedOfPerson = {
  prompts: ReadonlySet<Prompt>;
  /** Seconds. */
  maxAge: number | null;
  /** Whom the ID token of the hint names; null without a hint. */
  hintedUserId: string | null;
  /** When the request arrived. */
  askedAt: Date;
};

/** The person at the browser; null means that nobody is signed in. */
export type PersonPresent = { userId: string; signedInAt: Date; isMember: boolean; hasConsented: boolean } | null;

/** What comes next. `ask` shows a page about consent, about which account, or that the person is no member. */
export type NextStep =
  | { step: "sign_in" }
  | { step: "ask"; about: "consent" | "account" | "membership" }
  | { step: "issue" }
  | ({ step: "refuse" } & AuthorizationRefusal);

/** The next step. @see OpenID Connect Core 1.0 section 3.1.2.3 */
export function decideAuthorization(asked: AskedOfPerson, person: PersonPresent, now: Date): NextStep {
  const isSilent = asked.prompts.has("none");
  if (person === null || isSignInNeeded(asked, person, now)) {
    return isSilent ? refuse("login_required", "The person has to sign in.") : { step: "sign_in" };
  }
  // Whoever has just signed in is not asked again; it is another person than the one that the application knows.
  if (isOther(asked, person)) return refuse("login_required", "Another person signed in than the hint names.");
  if (!person.isMember) {
    const refusal = refuse("access_denied", "The person is not a member of this organization.");
    return isSilent ? refusal : { step: "ask", about: "membership" };
  }
  if (!person.hasConsented || asked.prompts.has("consent")) {
    const refusal = refuse("consent_required", "The person has to be asked for consent.");
    return isSilent ? refusal : { step: "ask", about: "consent" };
  }
  if (asked.prompts.has("select_account") && !isFresh(asked, person, now)) return { step: "ask", about: "account" };
  return { step: "issue" };
}

function isSignInNeeded(asked: AskedOfPerson, person: NonNullable<PersonPresent>, now: Date): boolean {
  if (isFresh(asked, person, now)) return false;
  if (asked.prompts.has("login") || isOther(asked, person)) return true;
  return asked.maxAge !== null && now.getTime() - person.signedInAt.getTime() > asked.maxAge * 1000;
}

/** True for a sign-in after the request came. One that lies in the future was made by a clock that has been put back. */
function isFresh({ askedAt }: AskedOfPerson, { signedInAt }: NonNullable<PersonPresent>, now: Date): boolean {
  return signedInAt >= askedAt && signedInAt.getTime() <= now.getTime() + CLOCK_TOLERANCE_MILLISECONDS;
}

function isOther({ hintedUserId }: AskedOfPerson, { userId }: NonNullable<PersonPresent>): boolean {
  return hintedUserId !== null && hintedUserId !== userId;
}

function refuse(error: AuthorizationRefusal["error"], description: string): NextStep & { step: "refuse" } {
  return { step: "refuse", error, description };
}
