// What a dry run of a rotation or a drop answers: an allow-list, as in view.ts.
import type { AppError } from "../errors.ts";
import type { PreviousKey } from "./key.ts";
import {
  type ExposedSamlApplicationView,
  type PreviousKeyView,
  type SigningKeyStatus,
  type SigningKeyStatusView,
  toPreviousKeyView,
} from "./view.ts";

/** Why a dry run says that the real call would fail: its code, its words, and the members of its problem document. */
export type RefusalView = { code: string; detail: string; [member: string]: unknown };

/** What a rotation would do now; nothing was changed. */
export type RotationImpactView = {
  dry_run: true;
  action: "rotate";
  would_succeed: boolean;
  refusal: RefusalView | null;
  current_kid: string;
  /** The kid that would sign from then on: that of the next key. */
  next_current_kid: string;
  /** What the new next key would be. */
  new_next_key: { algorithm: string; rsa_bits: number | null };
  propagated: boolean;
  seconds_until_propagated: number;
  propagated_at: string;
  active_sessions: number;
  max_token_expiry_secs: number;
  saml_apps_using_default_cert: number;
  saml_applications: ExposedSamlApplicationView[];
  server_time: string;
};

/** What dropping a key would do now; nothing was changed. */
export type DropImpactView = {
  dry_run: true;
  action: "drop";
  would_succeed: boolean;
  refusal: RefusalView | null;
  kid: string;
  rotated_at: string;
  safe_to_drop: boolean;
  seconds_until_safe: number;
  safe_at: string;
  /** Sessions whose tokens would fail at once. */
  active_sessions: number;
  dependent_applications: PreviousKeyView["dependent_applications"];
  server_time: string;
};

/** What a rotation would do, from the status now and the reason why it would fail, if it would. */
export function toRotationImpactView(
  status: SigningKeyStatusView,
  newNextKey: RotationImpactView["new_next_key"],
  refusal: AppError | null,
): RotationImpactView {
  return {
    dry_run: true,
    action: "rotate",
    would_succeed: refusal === null,
    refusal: refusal && toRefusalView(refusal),
    current_kid: status.current_kid,
    next_current_kid: status.next_kid,
    new_next_key: newNextKey,
    propagated: status.next_key.propagated,
    seconds_until_propagated: status.next_key.seconds_until_propagated,
    propagated_at: status.next_key.propagated_at,
    active_sessions: status.active_sessions,
    max_token_expiry_secs: status.max_token_expiry_secs,
    saml_apps_using_default_cert: status.saml_apps_using_default_cert,
    saml_applications: status.saml_applications,
    server_time: status.server_time,
  };
}

/** What dropping a previous key would do. */
export function toDropImpactView(
  key: PreviousKey,
  status: Pick<SigningKeyStatus, "sessions" | "maxTokenExpirySecs" | "now">,
  refusal: AppError | null,
): DropImpactView {
  const view = toPreviousKeyView(key, status);
  return {
    dry_run: true,
    action: "drop",
    would_succeed: refusal === null,
    refusal: refusal && toRefusalView(refusal),
    kid: view.kid,
    rotated_at: view.rotated_at,
    safe_to_drop: view.safe_to_drop,
    seconds_until_safe: view.seconds_until_safe,
    safe_at: view.safe_at,
    active_sessions: view.active_sessions,
    dependent_applications: view.dependent_applications,
    server_time: status.now.toISOString(),
  };
}

function toRefusalView(refusal: AppError): RefusalView {
  return { ...refusal.details, code: refusal.code, detail: refusal.message };
}
