// What people see of their own portal sessions: never the secret, times in ISO 8601 UTC.
import type { PortalSessionEntry } from "./repository.ts";

/** One sign-in to the portal. */
export type PortalSessionView = {
  id: string;
  created_at: string;
  last_seen_at: string;
  expires_at: string;
  address: string;
  user_agent: string;
  is_current: boolean;
};

/** What the sign-in page shows after a try that failed; `retryAfter` in seconds, null for a wrong address or password. */
export type SignInFailure = { id: string; retryAfter: number | null; email: string };

/** Shows a session, marking the one that asks. */
export function toPortalSessionView(session: PortalSessionEntry, currentSessionId: string | null): PortalSessionView {
  return {
    id: session.id,
    created_at: session.createdAt.toISOString(),
    last_seen_at: session.lastSeenAt.toISOString(),
    expires_at: session.expiresAt.toISOString(),
    address: session.address,
    user_agent: session.userAgent,
    is_current: session.id === currentSessionId,
  };
}
