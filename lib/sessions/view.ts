// What the sessions page shows: who uses which application since when, and with tokens of which key.
import type { Session } from "./session.ts";

/** An alive session; times in ISO 8601 UTC. */
export type SessionView = {
  id: string;
  application: { id: string; name: string; protocol: string };
  /** A client id for a machine client. */
  subject: string;
  /** The key whose tokens this session holds. */
  kid: string;
  started_at: string;
  /** To the minute. */
  last_used_at: string;
  /** No token of this session is valid later; up to a minute beyond the last one. */
  expires_at: string;
};

/** The allow-list of a session. */
export function toSessionView(session: Session): SessionView {
  return {
    id: session.id,
    application: {
      id: session.application.id,
      name: session.application.name,
      protocol: session.application.protocol,
    },
    subject: session.subject,
    kid: session.key.kid,
    started_at: session.startedAt.toISOString(),
    last_used_at: session.lastUsedAt.toISOString(),
    expires_at: session.expiresAt.toISOString(),
  };
}
