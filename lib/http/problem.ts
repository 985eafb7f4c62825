// The one place that knows which status a domain code has, and what a problem document looks like (RFC 9457).
import { readStorageError } from "../db/storage-error.ts";
import { AppError, type ErrorCode, isAppError } from "../errors.ts";

const STATUS: Record<ErrorCode, number> = {
  "request.malformed": 400,
  "request.too_large": 413,
  "request.unsupported_media_type": 415,
  "request.method_not_allowed": 405,
  "request.invalid": 422,
  "request.not_found": 404,
  "request.too_many": 429,
  "request.cross_origin": 403,
  "auth.unauthenticated": 401,
  "auth.invalid_token": 401,
  "auth.forbidden": 403,
  "auth.bad_credentials": 401,
  "auth.reauthentication_required": 403,
  "auth.throttled": 429,
  "organization.not_found": 404,
  "organization.id_taken": 409,
  "member.not_found": 404,
  "member.already_exists": 409,
  "member.last_owner": 409,
  "application.not_found": 404,
  "application.entity_id_taken": 409,
  "application.no_secrets": 409,
  "application.too_many_secrets": 409,
  "application.secret_not_found": 404,
  "session.not_found": 404,
  "token.not_found": 404,
  "token.permission_not_held": 422,
  "key.not_found": 404,
  "key.already_rotated": 409,
  "key.next_not_propagated": 409,
  "key.not_safe_to_drop": 409,
  "key.no_previous": 409,
  "key.not_previous": 409,
  "key.unsupported_algorithm": 422,
  "key.unacceptable": 422,
  "key.invariant_broken": 500,
  "key.destroyed": 409,
  "certificate.not_found": 404,
  "certificate.key_mismatch": 422,
  "certificate.key_encrypted": 422,
  "certificate.passphrase_wrong": 422,
  "certificate.expired": 422,
  "certificate.key_too_weak": 422,
  "certificate.key_too_large": 422,
  "certificate.key_type_unsupported": 422,
  "certificate.curve_unsupported": 422,
  "certificate.key_invalid": 422,
  "certificate.pem_invalid": 422,
  "certificate.chain_unrelated": 422,
  "certificate.chain_too_long": 422,
  "certificate.too_large": 413,
  "certificate.duplicate": 409,
  "certificate.signature_unsupported": 422,
  "certificate.signature_invalid": 422,
  "certificate.extension_invalid": 422,
  "certificate.serial_invalid": 422,
  "certificate.not_usable": 422,
  "certificate.not_self_signed": 409,
  "certificate.in_use": 409,
  "certificate.not_safe_to_delete": 409,
  "certificate.deleted": 409,
  "seal.unreadable": 500,
  "seal.wrong_master_key": 500,
  "configuration.invalid": 500,
  "portal.unavailable": 503,
  "storage.unavailable": 503,
  "internal.unexpected": 500,
};

const TITLES: Record<number, string> = {
  400: "Bad request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not found",
  405: "Method not allowed",
  409: "Conflict",
  413: "Content too large",
  415: "Unsupported media type",
  422: "Unprocessable content",
  429: "Too many requests",
  500: "Internal server error",
  503: "Service unavailable",
};

/** What Prisma and the socket say when storage cannot be reached, is overloaded, or lost a race too often. */
const OUTAGE_CODES = new Set([
  ...["P1001", "P1002", "P1008", "P1017", "P2024", "P2028", "P2034", "P2037"],
  ...["ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "EPIPE"],
]);
/** Of PostgreSQL: connection lost, out of resources, operator intervention (restart, timeout), a standby that takes no writes. */
const OUTAGE_STATES = /^(?:(?:08|53|57)[0-9A-Z]{3}|25006)$/;
/** What pg says without any code when a connection broke or stays silent. */
const OUTAGE_MESSAGE =
  /^(?:Client has encountered a connection error|Connection terminated|Query read timeout|timeout exceeded when trying)/;

/** A problem document; members of an error's `details` stand beside these. */
export type Problem = {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: ErrorCode;
  request_id: string;
  [member: string]: unknown;
};

/** Turns whatever was thrown into a problem document; an unknown error says nothing of itself. */
export function toProblem(error: unknown, requestId: string): Problem {
  const known = toAppError(error);
  const status = STATUS[known.code];
  return {
    ...known.details,
    ...(known.errors ? { errors: known.errors } : {}),
    type: `urn:signet:problem:${known.code}`,
    title: TITLES[status] ?? "Error",
    status,
    detail: known.message,
    code: known.code,
    request_id: requestId,
  };
}

/** The error itself if it is one of ours, storage that does not answer by its code, anything else as `internal.unexpected`. */
export function toAppError(error: unknown): AppError {
  if (isAppError(error)) return error;
  if (isOutage(error)) {
    return new AppError("storage.unavailable", "Storage does not answer at the moment; try again.", { cause: error });
  }
  return new AppError("internal.unexpected", "Something went wrong on our side; the log has the details.", {
    cause: error,
  });
}

function isOutage(error: unknown): boolean {
  if (typeof error !== "object" || error === null) return false;
  const { code, state } = readStorageError(error);
  if (OUTAGE_CODES.has(code) || OUTAGE_STATES.test(state)) return true;
  return code === "" && OUTAGE_MESSAGE.test(String((error as { message?: unknown }).message));
}
