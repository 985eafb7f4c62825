// The one error class of the domain, and the closed list of codes that callers can rely on.

/** Every code that a person or a program can get; `lib/http/problem.ts` maps each to a status. */
export type ErrorCode =
  | "request.malformed"
  | "request.too_large"
  | "request.unsupported_media_type"
  | "request.method_not_allowed"
  | "request.invalid"
  | "request.not_found"
  | "request.too_many"
  | "request.cross_origin"
  | "auth.unauthenticated"
  | "auth.invalid_token"
  | "auth.forbidden"
  | "auth.bad_credentials"
  | "auth.reauthentication_required"
  | "auth.throttled"
  | "organization.not_found"
  | "organization.id_taken"
  | "member.not_found"
  | "member.already_exists"
  | "member.last_owner"
  | "application.not_found"
  | "application.entity_id_taken"
  | "application.no_secrets"
  | "application.too_many_secrets"
  | "application.secret_not_found"
  | "session.not_found"
  | "token.not_found"
  | "token.permission_not_held"
  | "key.not_found"
  | "key.already_rotated"
  | "key.next_not_propagated"
  | "key.not_safe_to_drop"
  | "key.no_previous"
  | "key.not_previous"
  | "key.unsupported_algorithm"
  | "key.unacceptable"
  | "key.invariant_broken"
  | "key.destroyed"
  | "certificate.not_found"
  | "certificate.key_mismatch"
  | "certificate.key_encrypted"
  | "certificate.passphrase_wrong"
  | "certificate.expired"
  | "certificate.key_too_weak"
  | "certificate.key_too_large"
  | "certificate.key_type_unsupported"
  | "certificate.curve_unsupported"
  | "certificate.key_invalid"
  | "certificate.pem_invalid"
  | "certificate.chain_unrelated"
  | "certificate.chain_too_long"
  | "certificate.too_large"
  | "certificate.duplicate"
  | "certificate.signature_unsupported"
  | "certificate.signature_invalid"
  | "certificate.extension_invalid"
  | "certificate.serial_invalid"
  | "certificate.not_usable"
  | "certificate.not_self_signed"
  | "certificate.in_use"
  | "certificate.not_safe_to_delete"
  | "certificate.deleted"
  | "seal.unreadable"
  | "seal.wrong_master_key"
  | "configuration.invalid"
  | "portal.unavailable"
  | "storage.unavailable"
  | "internal.unexpected";

/** One refused field of an input. `field` is a dotted path into the body. */
export type FieldError = { field: string; code: string; message: string };

type AppErrorOptions = { cause?: unknown; details?: Record<string, unknown>; errors?: FieldError[] };

/** An error whose code and message may be shown to the caller; `cause` never is. */
export class AppError extends Error {
  readonly code: ErrorCode;
  /** Extra members of the problem document, for example `seconds_until_safe`. */
  readonly details: Record<string, unknown>;
  readonly errors: FieldError[] | undefined;

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.name = "AppError";
    this.code = code;
    this.details = options.details ?? {};
    this.errors = options.errors;
  }
}

/** True for an {@link AppError} with one of the codes; also across bundles that loaded their own copy of the class. */
export function isAppError(error: unknown, ...codes: ErrorCode[]): error is AppError {
  if (!(error instanceof Error) || error.name !== "AppError") return false;
  return codes.length === 0 || codes.includes((error as AppError).code);
}
