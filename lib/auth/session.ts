// When a person's sign-in to the portal ends: pure rules over what is stored about it.

/** A portal session ends this long after the last request. */
export const IDLE_LIMIT_SECONDS = 8 * 3600;
/** A portal session ends this long after sign-in, whatever happens. */
export const ABSOLUTE_LIMIT_SECONDS = 24 * 3600;
/** What cannot be undone, and what gives access, takes a sign-in that is not older than this. */
export const PROOF_LIMIT_SECONDS = 15 * 60;
/** How old `lastSeenAt` may become before a request writes it again. */
const TOUCH_INTERVAL_SECONDS = 60;

/** What decides whether a portal session is alive. */
export type PortalSessionState = {
  lastSeenAt: Date;
  expiresAt: Date;
  revokedAt: Date | null;
  user: { disabledAt: Date | null };
};

/** True while a session may still be used. */
export function isPortalSessionAlive(session: PortalSessionState, now: Date): boolean {
  return (
    session.revokedAt === null &&
    session.user.disabledAt === null &&
    session.expiresAt > now &&
    session.lastSeenAt.getTime() + IDLE_LIMIT_SECONDS * 1000 > now.getTime()
  );
}

/** True while a person need not prove once more who they are. */
export function isProofFresh({ signedInAt }: { signedInAt: Date }, now: Date): boolean {
  return signedInAt.getTime() + PROOF_LIMIT_SECONDS * 1000 > now.getTime();
}

/** True when the moment of the last request should be written again. */
export function isTouchDue(session: PortalSessionState, now: Date): boolean {
  return now.getTime() - session.lastSeenAt.getTime() >= TOUCH_INTERVAL_SECONDS * 1000;
}
