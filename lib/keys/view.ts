// What the signing-key service shows to the page and to the API: an allow-list, times in ISO 8601 UTC, never a private part.
import type { ActiveSessionSummary } from "../sessions/session.ts";
import { type KeyDependentsView, toKeyDependentsView } from "../sessions/view.ts";
import type { CurrentKey, NextKey, PreviousKey, SigningKey, Slots } from "./key.ts";
import { type Propagation, propagationOf } from "./propagation.ts";
import { safetyOf } from "./safety.ts";

/** A key pair that waits in the queue and is already published, so that verifiers know it before it signs. */
export type NextKeyView = {
  kid: string;
  algorithm: string;
  rsa_bits: number | null;
  created_at: string;
  published_at: string;
  /** False while a verifier may hold a JWKS fetched before this key was published. */
  propagated: boolean;
  /** Seconds until every cached JWKS holds this key; 0 when propagated. */
  seconds_until_propagated: number;
  /** From when on every reader holds this key. */
  propagated_at: string;
};

/** The key pair that signs. */
export type CurrentKeyView = {
  kid: string;
  algorithm: string;
  rsa_bits: number | null;
  created_at: string;
  published_at: string;
  activated_at: string;
  /** No token signed with it expires later; null when it never signed. */
  signed_until: string | null;
  active_sessions: number;
  certificate_fingerprint_sha256: string;
  certificate_expires_at: string;
};

/** A rotated-out key pair that verifiers still get. */
export type PreviousKeyView = KeyDependentsView & {
  kid: string;
  algorithm: string;
  rsa_bits: number | null;
  created_at: string;
  published_at: string;
  activated_at: string;
  rotated_at: string;
  signed_until: string | null;
  safe_to_drop: boolean;
  seconds_until_safe: number;
  safe_at: string;
};

/** A key pair of the past: its private half is destroyed, its tokens fail. */
export type DroppedKeyView = {
  kid: string;
  algorithm: string;
  rsa_bits: number | null;
  created_at: string;
  published_at: string;
  /** Null for a next key that was replaced before it ever signed. */
  activated_at: string | null;
  rotated_at: string | null;
  signed_until: string | null;
  dropped_at: string;
};

/** An application that the default SAML certificate signs for: it breaks at a rotation. */
export type ExposedSamlApplicationView = { id: string; name: string; entity_id: string };

/** The status object of PRODUCT.md section 5. */
export type SigningKeyStatusView = {
  organization_id: string;
  current_kid: string;
  current_key_created_at: string;
  has_prev_key: boolean;
  /** The latest of `prev_keys`. */
  prev_key: PreviousKeyView | null;
  active_sessions: number;
  max_token_expiry_secs: number;
  saml_apps_using_default_cert: number;
  next_kid: string;
  algorithm: string;
  current_key: CurrentKeyView;
  next_key: NextKeyView;
  /** Latest rotation first. */
  prev_keys: PreviousKeyView[];
  /** Latest drop first, at most 20. */
  dropped_keys: DroppedKeyView[];
  saml_applications: ExposedSamlApplicationView[];
  /** The server's clock when this was read; countdowns start from it. */
  server_time: string;
};

/** Everything that the status is made of. */
export type SigningKeyStatus = {
  organizationId: string;
  slots: Slots;
  dropped: SigningKey[];
  certificate: { fingerprintSha256: string; notAfter: Date };
  sessions: ActiveSessionSummary;
  maxTokenExpirySecs: number;
  exposed: readonly { id: string; name: string; entityId: string }[];
  now: Date;
};

/** The status object of PRODUCT.md section 5. */
export function toSigningKeyStatusView(status: SigningKeyStatus): SigningKeyStatusView {
  const { slots, sessions, maxTokenExpirySecs, now } = status;
  const previous = slots.previous.map((key) => toPreviousKeyView(key, status));
  return {
    organization_id: status.organizationId,
    current_kid: slots.current.kid,
    current_key_created_at: slots.current.createdAt.toISOString(),
    has_prev_key: previous.length > 0,
    prev_key: previous[0] ?? null,
    active_sessions: sessions.total,
    max_token_expiry_secs: maxTokenExpirySecs,
    saml_apps_using_default_cert: status.exposed.length,
    next_kid: slots.next.kid,
    algorithm: slots.current.algorithm,
    current_key: toCurrentKeyView(slots.current, status),
    next_key: toNextKeyView(slots.next, propagationOf(slots.next, now)),
    prev_keys: previous,
    dropped_keys: status.dropped.map(toDroppedKeyView),
    saml_applications: status.exposed.map(toExposedView),
    server_time: now.toISOString(),
  };
}

/** An application that breaks at a rotation. */
function toExposedView(application: { id: string; name: string; entityId: string }): ExposedSamlApplicationView {
  return { id: application.id, name: application.name, entity_id: application.entityId };
}

/** A previous key with its safety and the sessions that need it. */
export function toPreviousKeyView(
  key: PreviousKey,
  { sessions, maxTokenExpirySecs, now }: Pick<SigningKeyStatus, "sessions" | "maxTokenExpirySecs" | "now">,
): PreviousKeyView {
  const safety = safetyOf(key, maxTokenExpirySecs, now);
  return {
    ...toKeyView(key),
    activated_at: key.activatedAt.toISOString(),
    rotated_at: key.rotatedAt.toISOString(),
    signed_until: toTime(key.signedUntil),
    ...toKeyDependentsView(sessions.byKeyPair.get(key.keyPairId)),
    safe_to_drop: safety.isSafe,
    seconds_until_safe: safety.secondsUntilSafe,
    safe_at: safety.safeAt.toISOString(),
  };
}

function toCurrentKeyView(key: CurrentKey, { sessions, certificate }: SigningKeyStatus): CurrentKeyView {
  return {
    ...toKeyView(key),
    activated_at: key.activatedAt.toISOString(),
    signed_until: toTime(key.signedUntil),
    active_sessions: sessions.byKeyPair.get(key.keyPairId)?.activeSessions ?? 0,
    certificate_fingerprint_sha256: certificate.fingerprintSha256,
    certificate_expires_at: certificate.notAfter.toISOString(),
  };
}

function toNextKeyView(key: NextKey, propagation: Propagation): NextKeyView {
  return {
    ...toKeyView(key),
    propagated: propagation.isPropagated,
    seconds_until_propagated: propagation.secondsRemaining,
    propagated_at: propagation.propagatedAt.toISOString(),
  };
}

function toDroppedKeyView(key: SigningKey): DroppedKeyView {
  return {
    ...toKeyView(key),
    activated_at: toTime(key.activatedAt),
    rotated_at: toTime(key.rotatedAt),
    signed_until: toTime(key.signedUntil),
    dropped_at: (key.droppedAt ?? key.publishedAt).toISOString(),
  };
}

type KeyView = Pick<NextKeyView, "kid" | "algorithm" | "rsa_bits" | "created_at" | "published_at">;

function toKeyView(key: SigningKey): KeyView {
  return {
    kid: key.kid,
    algorithm: key.algorithm,
    rsa_bits: key.rsaBits,
    created_at: key.createdAt.toISOString(),
    published_at: key.publishedAt.toISOString(),
  };
}

function toTime(time: Date | null): string | null {
  return time?.toISOString() ?? null;
}
