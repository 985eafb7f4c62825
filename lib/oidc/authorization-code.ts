// What an authorization code stands for, and the pure rule about when it can be exchanged for tokens.

/** A code is good for this many milliseconds. @see RFC 6749 section 4.1.2 */
export const CODE_LIFE_MILLISECONDS = 60_000;
/** An ended code stays this long in milliseconds, so that its second use is seen although the first one took a while. */
export const CODE_MEMORY_MILLISECONDS = 60 * 60_000;

/** What a person granted to an application at the authorization endpoint. */
export type CodeGrant = {
  organizationId: string;
  applicationId: string;
  userId: string;
  redirectUri: string;
  /** The S256 challenge: SHA-256 in base64url. */
  codeChallenge: string;
  /** Scope tokens with one space between them. */
  scope: string;
  nonce: string | null;
  /** When the person proved who they are. */
  authenticatedAt: Date;
};

/** A code as it is stored; `id` is its SHA-256 in base64url. */
export type StoredCode = Omit<CodeGrant, "organizationId"> & {
  id: string;
  expiresAt: Date;
  redeemedAt: Date | null;
  /** The session that its first use began. */
  sessionId: string | null;
  /** False once the person is disabled or no member any more. */
  isUserActive: boolean;
};

/** What a client brings to exchange a code; `challengeOfVerifier` is the SHA-256 of its verifier in base64url. */
export type CodeExchange = { applicationId: string; redirectUri: string; challengeOfVerifier: string };

/** What comes of an exchange; a replay ends the session of the first use. */
export type CodeDecision = "redeem" | "replay" | "refuse";

/**
 * Decides about an exchange. A code that another client brings, or that comes without its verifier, stays good for whom it
 * was made: refusing must not let a stranger spoil it. @see RFC 6749 section 4.1.3, RFC 7636 section 4.6
 */
export function decideExchange(code: StoredCode, exchange: CodeExchange, now: Date): CodeDecision {
  if (code.applicationId !== exchange.applicationId) return "refuse";
  if (code.redeemedAt !== null) return "replay";
  const isRight =
    code.expiresAt > now &&
    code.isUserActive &&
    code.redirectUri === exchange.redirectUri &&
    code.codeChallenge === exchange.challengeOfVerifier;
  return isRight ? "redeem" : "refuse";
}
