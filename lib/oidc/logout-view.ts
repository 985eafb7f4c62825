// What the sign-out page shows: who is signed in, which application asks, and what the form sends back.
import type { OidcApplication } from "../applications/application.ts";

/** A request to sign out that waits for the person; `person` is null when nobody is signed in any more. */
export type LogoutView = {
  organization: { id: string; name: string };
  /** Null when no application said that it asks. */
  application: { name: string } | null;
  person: { name: string; email: string } | null;
  /** The parameters that the form sends back. */
  fields: Record<string, string>;
};

/** Shows a request. */
export function toLogoutView(request: {
  organization: { id: string; name: string };
  client: OidcApplication | null;
  person: { user: { name: string; email: string } } | null;
  parameters: Partial<Record<string, string>>;
}): LogoutView {
  const { organization, client, person, parameters } = request;
  const fields = ["client_id", "post_logout_redirect_uri", "state"].flatMap((name) => {
    const value = parameters[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    organization,
    application: client && { name: client.name },
    person: person && { name: person.user.name, email: person.user.email },
    fields: Object.fromEntries(fields),
  };
}
