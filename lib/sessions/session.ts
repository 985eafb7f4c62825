// What a session is, and the write-ahead rule that keeps its stored end ahead of every token handed out.

/** The stored end of a machine session lies this many milliseconds beyond the token that made it move. */
export const HORIZON_SLACK_MILLISECONDS = 60_000;

/** An OAuth grant that is alive: a person's sign-in to an application, or a machine client with tokens. */
export type Session = {
  /** The `sid` of its tokens. */
  id: string;
  organizationId: string;
  application: { id: string; name: string; protocol: string };
  /** Null for a machine client. */
  user: { id: string; email: string; name: string } | null;
  /** A client id for a machine client, otherwise the user's id. */
  subject: string;
  scope: string;
  /** The keys that signed for it, the one whose tokens last longest first. */
  keys: { kid: string; expiresAt: Date }[];
  /** When the person proved who they are; null for a machine client. */
  authenticatedAt: Date | null;
  startedAt: Date;
  /** Never more than the slack behind the last use. */
  lastUsedAt: Date;
  /** No token of this session is valid later than this. */
  expiresAt: Date;
};

/** What one token of a machine client needs of the sessions before it may be handed out. */
export type SessionUse = { applicationId: string; keyPairId: string; subject: string; expiresAt: Date };

/** How long tokens are valid that one key pair signed for a session. */
export type SessionKeyEnd = { sessionId: string; keyPairId: string; expiresAt: Date };

/** A person's sign-in to an application as it begins, with its first tokens. */
export type NewUserSession = {
  id: string;
  applicationId: string;
  userId: string;
  scope: string;
  authenticatedAt: Date;
  /** When the sign-in ends, whatever its tokens do. */
  expiresAt: Date;
  keyPairId: string;
  /** No token that it begins with is valid later. */
  tokensEndAt: Date;
};

/** The alive sessions of an organization, counted the way the signing-key page shows them. */
export type ActiveSessionSummary = { total: number; byKeyPair: Map<string, KeyPairSessions> };

/** The alive sessions that tokens of one key pair carry, and until when the last of these tokens may be valid. */
export type KeyPairSessions = {
  activeSessions: number;
  applications: { id: string; name: string; activeSessions: number; expiresAt: Date }[];
};

/** Narrows a list of sessions; all that are given must hold. */
export type SessionFilter = {
  id?: string | undefined;
  applicationId?: string | undefined;
  userId?: string | undefined;
  /** One whose key signed a token that may still be valid. */
  kid?: string | undefined;
  startedBefore?: Date | undefined;
};

/** The end to store so that the next tokens of the same kind need no write for a minute. */
export function planHorizon(expiresAt: Date): Date {
  return new Date(expiresAt.getTime() + HORIZON_SLACK_MILLISECONDS);
}

/** The later of two moments. */
export function laterOf(one: Date, other: Date): Date {
  return one > other ? one : other;
}
