// What the pages between an application and its code show: who asks, whom, for what, and where it leads.
import type { OidcApplication } from "../applications/application.ts";
import type { NextStep } from "./authorization-decision.ts";

/** A request that waits for the person. */
export type AuthorizationView = {
  organization: { id: string; name: string };
  application: { name: string };
  /** What has to happen next; `ready` means that the person need not be asked anything. */
  step: "sign_in" | "consent" | "account" | "membership" | "ready";
  scopes: string[];
  /** How long the application can stay signed in for the person, in seconds. */
  refresh_token_expiry_secs: number;
  /** What the application thinks is the person's email address. */
  login_hint: string;
  /** The host, or the program's own scheme, that the person goes back to. */
  returns_to: string;
  /** Who is signed in, or null. */
  person: { name: string; email: string } | null;
  request: string;
  decision_token: string;
};

/** Shows a request. */
export function toAuthorizationView(waiting: {
  organization: { id: string; name: string };
  client: OidcApplication;
  redirectUri: string;
  scope: string;
  loginHint: string;
  step: NextStep;
  handle: string;
  person: { user: { name: string; email: string } } | null;
  decisionToken: string;
}): AuthorizationView {
  const { organization, client, redirectUri, scope, loginHint, step, handle, person, decisionToken } = waiting;
  return {
    organization,
    application: { name: client.name },
    step: step.step === "ask" ? step.about : step.step === "sign_in" ? "sign_in" : "ready",
    scopes: scope.split(" "),
    refresh_token_expiry_secs: client.refreshTokenExpirySecs,
    login_hint: loginHint.slice(0, 254),
    returns_to: describeAddress(redirectUri),
    person: person && { name: person.user.name, email: person.user.email },
    request: handle,
    decision_token: decisionToken,
  };
}

function describeAddress(address: string): string {
  const { host, protocol } = new URL(address);
  return host === "" ? protocol.replace(/:$/, "") : host;
}
