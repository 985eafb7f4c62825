// Signs the owner in, for benchmarks of pages.
import { OWNER, type SignetServer } from "../support/signet-server.ts";

/** The session cookie of the owner. */
export async function signIn({ url }: SignetServer): Promise<string> {
  const csrf = await fetch(`${url}/api/auth/csrf`);
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  const own = csrf.headers.getSetCookie().map((line) => line.split(";", 1)[0] ?? "");
  const form = new URLSearchParams({ csrfToken, email: OWNER.email, password: OWNER.password, json: "true" });
  const answer = await fetch(`${url}/api/auth/callback/credentials`, {
    method: "POST",
    headers: { cookie: own.join("; "), origin: url },
    body: form,
    redirect: "manual",
  });
  const session = answer.headers.getSetCookie().map((line) => line.split(";", 1)[0] ?? "");
  const cookie = session.find((pair) => pair.includes("session-token="));
  if (cookie === undefined) throw new Error(`no session: ${answer.status} ${await answer.text()}`);
  return cookie;
}
