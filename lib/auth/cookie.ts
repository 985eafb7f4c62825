import "server-only";
// The session cookie: an encrypted next-auth token whose one claim that counts is the session's secret.
import { LRUCache } from "lru-cache";
import { cookies } from "next/headers";
import { decode, encode } from "next-auth/jwt";
import { env } from "../env.ts";
import { ABSOLUTE_LIMIT_SECONDS } from "./session.ts";

/** What the cookies of late hold: opening one costs a key derivation. Whether the session lives is asked of storage every time. */
const openedCookies = new LRUCache<string, string>({ max: 500, ttl: 600_000 });

/** True when people reach the portal by https, so that its cookies may travel by nothing else. */
export function isSecureSite(): boolean {
  return env().publicUrl.startsWith("https://");
}

/** The name and the attributes of the session cookie; `__Host-` ties it to this very host. */
export function sessionCookie(): {
  name: string;
  options: { httpOnly: true; sameSite: "lax"; path: "/"; secure: boolean };
} {
  const secure = isSecureSite();
  return {
    name: secure ? "__Host-next-auth.session-token" : "next-auth.session-token",
    options: { httpOnly: true, sameSite: "lax", path: "/", secure },
  };
}

/** Sets the cookie of a session that has just started. */
export async function writeSessionCookie(session: { secret: string; userId: string; expiresAt: Date }): Promise<void> {
  const { name, options } = sessionCookie();
  const value = await encode({
    token: { sub: session.userId, secret: session.secret },
    secret: env().nextAuthSecret,
    maxAge: ABSOLUTE_LIMIT_SECONDS,
  });
  (await cookies()).set(name, value, { ...options, expires: session.expiresAt });
}

/** The secret in the cookie of this request, or null when there is none that we made. */
export async function readSessionSecret(): Promise<string | null> {
  const value = (await cookies()).get(sessionCookie().name)?.value;
  if (value === undefined) return null;
  const known = openedCookies.get(value);
  if (known !== undefined) return known;
  const secret = await openCookie(value);
  if (secret !== null) openedCookies.set(value, secret);
  return secret;
}

async function openCookie(value: string): Promise<string | null> {
  try {
    return secretOf(await decode({ token: value, secret: env().nextAuthSecret }));
  } catch {
    return null;
  }
}

/** The session's secret in a decoded token. */
export function secretOf(token: unknown): string | null {
  if (typeof token !== "object" || token === null || !("secret" in token)) return null;
  return typeof token.secret === "string" ? token.secret : null;
}

/** Takes the session cookie away. */
export async function clearSessionCookie(): Promise<void> {
  const { name, options } = sessionCookie();
  (await cookies()).set(name, "", { ...options, maxAge: 0 });
}
