// What the sessions page shows: who uses which application since when, and with tokens of which keys.
import type { KeyPairSessions, Session } from "./session.ts";

/** An alive session; times in ISO 8601 UTC. */
export type SessionView = {
  /** The `sid` of its tokens. */
  id: string;
  application: { id: string; name: string; protocol: string };
  /** Null for a machine client. */
  user: { id: string; email: string; name: string } | null;
  /** A client id for a machine client, otherwise the user's id. */
  subject: string;
  /** Scope tokens with spaces between them; empty for a machine client, which asks for each token anew. */
  scope: string;
  /** The keys that signed for it, and until when tokens of each may be valid; the latest first. */
  keys: { kid: string; expires_at: string }[];
  /** When the person signed in; null for a machine client. */
  authenticated_at: string | null;
  started_at: string;
  /** To the minute. */
  last_used_at: string;
  /** No token of this session is valid later; for a machine client up to a minute beyond the last one. */
  expires_at: string;
};

/** An application that holds tokens of a key which may still be valid. */
export type DependentApplicationView = {
  id: string;
  name: string;
  active_sessions: number;
  /** No token of the key that it holds is valid later. */
  expires_at: string;
};

/** What still depends on a key pair. */
export type KeyDependentsView = {
  /** Alive sessions that hold a token of the key which may still be valid. */
  active_sessions: number;
  /** Whose sessions these are, most sessions first. */
  dependent_applications: DependentApplicationView[];
};

/** What came of a revocation. */
export type RevocationView = { revoked: number };

/** The allow-list of a session. */
export function toSessionView(session: Session): SessionView {
  const { application, user } = session;
  return {
    id: session.id,
    application: { id: application.id, name: application.name, protocol: application.protocol },
    user: user && { id: user.id, email: user.email, name: user.name },
    subject: session.subject,
    scope: session.scope,
    keys: session.keys.map(({ kid, expiresAt }) => ({ kid, expires_at: expiresAt.toISOString() })),
    authenticated_at: session.authenticatedAt?.toISOString() ?? null,
    started_at: session.startedAt.toISOString(),
    last_used_at: session.lastUsedAt.toISOString(),
    expires_at: session.expiresAt.toISOString(),
  };
}

/** The allow-list of what depends on a key pair; undefined stands for nothing. */
export function toKeyDependentsView(sessions: KeyPairSessions | undefined): KeyDependentsView {
  return {
    active_sessions: sessions?.activeSessions ?? 0,
    dependent_applications: (sessions?.applications ?? []).map(({ id, name, activeSessions, expiresAt }) => ({
      id,
      name,
      active_sessions: activeSessions,
      expires_at: expiresAt.toISOString(),
    })),
  };
}
