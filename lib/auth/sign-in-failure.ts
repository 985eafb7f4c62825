import "server-only";
// What the sign-in page says after a try that failed: kept for a minute in a cookie of that page, so that no address tells of it.
import { cookies } from "next/headers";
import { z } from "zod";
import { isSecureSite } from "./cookie.ts";
import type { SignInFailure } from "./view.ts";

const COOKIE = "signet-sign-in-failure";
const REMEMBERED_SECONDS = 60;

const failureSchema = z.strictObject({
  id: z.string().max(50),
  at: z.number(),
  retryAfter: z.number().nonnegative().nullable(),
  email: z.string().max(254),
});

/** Keeps a failure for the page that is shown next; answers with the id that its address names. */
export async function writeSignInFailure(
  { retryAfter, email }: { retryAfter: number | null; email: string },
  now: Date = new Date(),
): Promise<string> {
  const id = crypto.randomUUID();
  const kept = JSON.stringify({ id, at: now.getTime(), retryAfter, email });
  (await cookies()).set(COOKIE, Buffer.from(kept).toString("base64url"), {
    httpOnly: true,
    sameSite: "lax",
    secure: isSecureSite(),
    path: "/sign-in",
    maxAge: REMEMBERED_SECONDS,
  });
  return id;
}

/** The failure that an address names, or null when it is no longer known. */
export async function readSignInFailure(id: unknown, now: Date = new Date()): Promise<SignInFailure | null> {
  const value = (await cookies()).get(COOKIE)?.value;
  if (value === undefined) return null;
  try {
    const kept = failureSchema.parse(JSON.parse(Buffer.from(value, "base64url").toString("utf8")));
    if (kept.id !== id) return null;
    const passed = (now.getTime() - kept.at) / 1000;
    const retryAfter = kept.retryAfter === null ? null : Math.max(0, Math.ceil(kept.retryAfter - passed));
    return { id: kept.id, email: kept.email, retryAfter };
  } catch {
    return null;
  }
}

/** Forgets what failed before. */
export async function clearSignInFailure(): Promise<void> {
  const jar = await cookies();
  if (jar.has(COOKIE)) jar.set(COOKIE, "", { path: "/sign-in", maxAge: 0 });
}
