// What a refresh token is in storage, and the pure rule about when it can be exchanged for new tokens.

/** A refresh token as it is stored, with its session; `id` is its SHA-256 in base64url. */
export type StoredRefreshToken = {
  id: string;
  /** The absolute end of the sign-in, which rotating does not move. */
  expiresAt: Date;
  usedAt: Date | null;
  session: {
    id: string;
    applicationId: string;
    /** Null for a machine client, which has no refresh tokens. */
    userId: string | null;
    scope: string;
    authenticatedAt: Date | null;
    startedAt: Date;
    expiresAt: Date;
    revokedAt: Date | null;
  };
};

/** What comes of an exchange; a reuse ends the session with all its tokens. */
export type RefreshDecision = "rotate" | "reuse" | "refuse";

/** Decides about an exchange by one client. @see RFC 9700 section 4.14.2 */
export function decideRefresh(
  { session, ...token }: StoredRefreshToken,
  applicationId: string,
  now: Date,
): RefreshDecision {
  if (session.applicationId !== applicationId || session.revokedAt !== null) return "refuse";
  if (token.usedAt !== null) return "reuse";
  return token.expiresAt > now && session.expiresAt > now ? "rotate" : "refuse";
}
