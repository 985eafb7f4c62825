// The actions of the audit log in words.
import type { AuditAction } from "#lib/audit/view.ts";

const labels: Record<AuditAction, string> = {
  "organization.created": "Organization created",
  "organization.renamed": "Organization renamed",
  "member.added": "Member added",
  "member.role_changed": "Role changed",
  "member.removed": "Member removed",
  "user.signed_in": "Signed in",
  "user.sign_in_failed": "Sign-in failed",
  "user.signed_out": "Signed out",
  "user.password_changed": "Password changed",
  "user.disabled": "Person disabled",
  "user.enabled": "Person enabled",
  "key.created": "Key created",
  "key.rotated": "Signing key rotated",
  "key.next_replaced": "Next key replaced",
  "key.dropped": "Key dropped",
  "key.unreadable": "Key unreadable",
  "application.created": "Application registered",
  "application.updated": "Application changed",
  "application.deleted": "Application deleted",
  "application.secret_created": "Client secret created",
  "application.secret_deleted": "Client secret deleted",
  "application.certificate_assigned": "Signing certificate assigned",
  "session.revoked": "Session revoked",
  "certificate.generated": "Certificate generated",
  "certificate.uploaded": "Certificate uploaded",
  "certificate.upload_refused": "Certificate upload refused",
  "certificate.renewed": "Certificate renewed",
  "certificate.deleted": "Certificate deleted",
  "certificate.expiring": "Certificate expires soon",
  "certificate.expired": "Certificate expired",
  "token.created": "Access token created",
  "token.revoked": "Access token revoked",
  "consent.granted": "Access to an account allowed",
  "access.denied": "Access denied",
};

/** An action in words; an unknown one as it is. */
export function actionLabel(action: string): string {
  return isKnown(action) ? labels[action] : action;
}

function isKnown(action: string): action is AuditAction {
  return Object.hasOwn(labels, action);
}
