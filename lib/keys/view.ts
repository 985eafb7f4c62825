// What the signing-key service shows to the page and to the API: an allow-list, times in ISO 8601 UTC, never a private part.

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
export type PreviousKeyView = {
  kid: string;
  algorithm: string;
  rsa_bits: number | null;
  created_at: string;
  published_at: string;
  activated_at: string;
  rotated_at: string;
  signed_until: string | null;
  active_sessions: number;
  /** Names of applications whose tokens of this key may still be valid. */
  dependent_applications: { id: string; name: string; active_sessions: number; expires_at: string }[];
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
