// Signs in at the portal over plain HTTP, as a program without a browser would, and keeps the cookies.

/** A signed-in person: fetches any path of the portal with the session's cookie. */
export type PortalClient = { get: (path: string, headers?: Record<string, string>) => Promise<Response> };

/** The flow of next-auth: CSRF token, credentials, session cookie. */
export async function signInOverHttp(
  baseUrl: string,
  { email, password }: { email: string; password: string },
): Promise<PortalClient> {
  const cookies = new Map<string, string>();
  const keep = (response: Response): void => {
    for (const line of response.headers.getSetCookie()) {
      const [pair = ""] = line.split(";", 1);
      const equals = pair.indexOf("=");
      cookies.set(pair.slice(0, equals), pair.slice(equals + 1));
    }
  };
  const cookie = (): string => [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  const csrf = await fetch(`${baseUrl}/api/auth/csrf`);
  keep(csrf);
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  const answer = await fetch(`${baseUrl}/api/auth/callback/credentials`, {
    method: "POST",
    redirect: "manual",
    headers: { cookie: cookie() },
    body: new URLSearchParams({ email, password, csrfToken, json: "true" }),
  });
  keep(answer);
  if (![...cookies.keys()].some((name) => name.includes("session-token"))) {
    throw new Error(`not signed in: ${answer.status} ${await answer.text()}`);
  }
  return { get: (path, headers = {}) => fetch(`${baseUrl}${path}`, { headers: { ...headers, cookie: cookie() } }) };
}
