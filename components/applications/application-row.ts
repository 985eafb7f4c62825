// What a list tells of an application.
import type { ApplicationView } from "#lib/applications/view.ts";

/** One line of a list; null where the protocol has no such thing. */
export type ApplicationRow = {
  id: string;
  name: string;
  protocol: ApplicationView["protocol"];
  /** Client or entity ID. */
  identifier: string;
  tokenExpirySecs: number | null;
  activeSessions: number | null;
  /** ISO 8601. */
  createdAt: string;
};

/** Leaves out what only the page of the application shows, which is most of it. */
export function toApplicationRow(application: ApplicationView): ApplicationRow {
  const { id, name, protocol, created_at: createdAt } = application;
  const common = { id, name, protocol, createdAt };
  return application.protocol === "oidc"
    ? {
        ...common,
        identifier: application.client_id,
        tokenExpirySecs: application.token_expiry_secs,
        activeSessions: application.active_sessions,
      }
    : { ...common, identifier: application.entity_id, tokenExpirySecs: null, activeSessions: null };
}
