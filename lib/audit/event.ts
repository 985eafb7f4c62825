// What an audit event is: who did what to which thing, when, why, and the state before and after.

/** Every action that leaves an audit event. */
export const AUDIT_ACTIONS = [
  "organization.created",
  "organization.renamed",
  "member.added",
  "member.role_changed",
  "member.removed",
  "user.signed_in",
  "user.sign_in_failed",
  "user.signed_out",
  "user.password_changed",
  "user.disabled",
  "user.enabled",
  "key.created",
  "key.rotated",
  "key.next_replaced",
  "key.dropped",
  "key.unreadable",
  "application.created",
  "application.updated",
  "application.deleted",
  "application.secret_created",
  "application.secret_deleted",
  "application.certificate_assigned",
  "session.revoked",
  "certificate.generated",
  "certificate.uploaded",
  "certificate.upload_refused",
  "certificate.renewed",
  "certificate.deleted",
  "certificate.expiring",
  "certificate.expired",
  "token.created",
  "token.revoked",
  "consent.granted",
  "access.denied",
] as const;

/** One action. */
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** What a caller hands over; the writer adds the actor, the time and the sequence. */
export type NewAuditEvent = {
  action: AuditAction;
  outcome?: "success" | "denied" | "failed";
  target: {
    type: "organization" | "user" | "key" | "application" | "certificate" | "session" | "token" | "route";
    id: string;
    name: string;
  };
  kid?: string;
  /** What the person gave as reason, for example for an override of the propagation gate. */
  reason?: string;
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
};
