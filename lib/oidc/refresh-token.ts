// What a refresh token is in storage, and the pure rule about when it can be exchanged for new tokens.

/** A refresh token as it is stored, with the session that it keeps going; `id` is its SHA-256 in base64url. */
export type StoredRefreshToken = {
  id: string;
  createdAt: Date;
  /** The absolute end of the sign-in, which rotating does not move. */
  expiresAt: Date;
  usedAt: Date | null;
  sessionId: string;
  applicationId: string;
  clientId: string;
  userId: string;
  /** What the person granted. */
  scope: string;
  authenticatedAt: Date;
  startedAt: Date;
  sessionExpiresAt: Date;
  revokedAt: Date | null;
};

/** What comes of an exchange; a reuse ends the session with all its tokens. */
export type RefreshDecision = "rotate" | "reuse" | "refuse";

/** Decides about an exchange by one client. @see RFC 9700 section 4.14.2 */
export function decideRefresh(token: StoredRefreshToken, applicationId: string, now: Date): RefreshDecision {
  if (token.applicationId !== applicationId || token.revokedAt !== null) return "refuse";
  if (token.usedAt !== null) return "reuse";
  return token.expiresAt > now && token.sessionExpiresAt > now ? "rotate" : "refuse";
}
