// What deleting a certificate does, or with a dry run would do: an allow-list, times in ISO 8601 UTC.
import type { AppError } from "../errors.ts";
import type { Safety } from "../keys/safety.ts";
import type { KeyPairSessions } from "../sessions/session.ts";
import { type KeyDependentsView, toKeyDependentsView } from "../sessions/view.ts";
import type { SigningCertificate } from "./signing-certificate.ts";
import type { CertificateUserView } from "./view.ts";

/**
 * The answer to a deletion; with `dry_run` nothing was changed. The sessions are those that hold tokens of the key: a forced
 * deletion makes these fail at once, where `private_key_destroyed` says that the key goes.
 */
export type CertificateDeletionView = KeyDependentsView & {
  dry_run: boolean;
  action: "delete";
  /** True for what was done. */
  would_succeed: boolean;
  /** Why a dry run says that the real call would fail: its code, its words, and the members of its problem document. */
  refusal: { code: string; detail: string; [member: string]: unknown } | null;
  id: string;
  name: string;
  kid: string;
  /** The applications that use it; with `reassign=default` they move to the organization's signing key. */
  applications: CertificateUserView[];
  /** False while another live certificate shares the key pair. */
  private_key_destroyed: boolean;
  /** False while a token that needs the key may be valid. */
  safe_to_delete: boolean;
  seconds_until_safe: number;
  safe_at: string;
  signed_until: string | null;
  deleted_at: string | null;
  server_time: string;
};

/** Everything that a deletion is about. */
export type Deletion = {
  certificate: SigningCertificate;
  applications: readonly CertificateUserView[];
  hasTwin: boolean;
  signedUntil: Date | null;
  sessions: KeyPairSessions;
  safety: Safety;
};

/** The view of a deletion; `refusal` is why it would fail. */
export function toCertificateDeletionView(
  deletion: Deletion,
  { isDryRun, refusal }: { isDryRun: boolean; refusal: AppError | null },
  now: Date,
): CertificateDeletionView {
  const { certificate, safety } = deletion;
  return {
    dry_run: isDryRun,
    action: "delete",
    would_succeed: refusal === null,
    refusal: refusal && { ...refusal.details, code: refusal.code, detail: refusal.message },
    id: certificate.id,
    name: certificate.name,
    kid: certificate.kid,
    applications: toUserViews(deletion.applications),
    private_key_destroyed: !deletion.hasTwin,
    safe_to_delete: safety.isSafe,
    seconds_until_safe: safety.secondsUntilSafe,
    safe_at: safety.safeAt.toISOString(),
    ...toKeyDependentsView(deletion.sessions),
    signed_until: deletion.signedUntil?.toISOString() ?? null,
    deleted_at: isDryRun ? null : now.toISOString(),
    server_time: now.toISOString(),
  };
}

/** The applications as a view shows them. */
export function toUserViews(applications: readonly CertificateUserView[]): CertificateUserView[] {
  return applications.map(({ id, name, protocol }) => ({ id, name, protocol }));
}
