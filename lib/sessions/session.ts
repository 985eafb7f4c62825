// What a session is, and the write-ahead rule that keeps its stored end ahead of every token handed out.

/** The stored end of a machine session lies this many milliseconds beyond the token that made it move. */
export const HORIZON_SLACK_MILLISECONDS = 60_000;

/** An OAuth grant that is alive: a subject that uses an application with tokens of one key pair. */
export type Session = {
  id: string;
  organizationId: string;
  application: { id: string; name: string; protocol: string };
  key: { id: string; kid: string };
  /** A client id for a machine client. */
  subject: string;
  startedAt: Date;
  /** Never more than the slack behind the last use. */
  lastUsedAt: Date;
  /** No token of this session is valid later than this. */
  expiresAt: Date;
};

/** What one token needs of the sessions before it may be handed out. */
export type SessionUse = { applicationId: string; keyPairId: string; subject: string; expiresAt: Date };

/** The alive sessions of an organization, counted the way the signing-key page shows them. */
export type ActiveSessionSummary = {
  /** Distinct pairs of application and subject. */
  total: number;
  byKeyPair: Map<string, KeyPairSessions>;
};

/** The alive sessions that tokens of one key pair carry. */
export type KeyPairSessions = {
  activeSessions: number;
  applications: { id: string; name: string; activeSessions: number; expiresAt: Date }[];
};

/** The end to store so that the next tokens of the same kind need no write for a minute. */
export function planHorizon(expiresAt: Date): Date {
  return new Date(expiresAt.getTime() + HORIZON_SLACK_MILLISECONDS);
}
