// The parameters of a request that a browser carries here, as text: each once, an empty one left out, unknown ones ignored.

/** The parameters of an authorization request that mean something here. @see OpenID Connect Core 1.0 section 3.1.2.1 */
export const AUTHORIZATION_PARAMETERS = [
  "client_id",
  "redirect_uri",
  "response_type",
  "response_mode",
  "scope",
  "state",
  "nonce",
  "code_challenge",
  "code_challenge_method",
  "prompt",
  "max_age",
  "login_hint",
  "id_token_hint",
  "request",
  "request_uri",
  "registration",
] as const;

/** The parameters of a logout request that mean something here. @see OpenID Connect RP-Initiated Logout 1.0 section 2 */
export const LOGOUT_PARAMETERS = ["id_token_hint", "client_id", "post_logout_redirect_uri", "state"] as const;

/** More characters than any real request has, in all parameters together. */
const MAXIMUM_CHARACTERS = 12_000;

/** Parameters by name; those that were given more than once are named beside them. */
export type RequestParameters<Name extends string> = { values: Partial<Record<Name, string>>; repeated: Name[] };

/** The parameters of an authorization request. */
export type AuthorizationParameters = RequestParameters<(typeof AUTHORIZATION_PARAMETERS)[number]>;

/** The parameters of a logout request. */
export type LogoutParameters = RequestParameters<(typeof LOGOUT_PARAMETERS)[number]>;

/** Takes the known parameters out of a query or a form; null when they are longer than any real request. */
export function readParameters<Name extends string>(
  names: readonly Name[],
  given: URLSearchParams,
): RequestParameters<Name> | null {
  const read: RequestParameters<Name> = { values: {}, repeated: [] };
  let characters = 0;
  for (const name of names) {
    const [first = "", ...others] = given.getAll(name);
    characters += first.length;
    if (others.length > 0) read.repeated.push(name);
    if (first !== "") read.values[name] = first;
  }
  return characters > MAXIMUM_CHARACTERS ? null : read;
}
