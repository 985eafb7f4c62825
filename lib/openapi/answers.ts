// The shapes that the management API answers with, tied to the views by their types, for the OpenAPI document alone.
import { z } from "zod";
import { GRANT_TYPES } from "../applications/application.ts";
import type {
  ApplicationDeletionView,
  ClientSecretView,
  CreatedApplicationView,
  CreatedClientSecretView,
} from "../applications/view.ts";
import type { AuditEventView } from "../audit/view.ts";
import type { DropImpactView, RotationImpactView } from "../keys/impact-view.ts";
import type { SigningKeyStatusView } from "../keys/view.ts";
import type { CreatedTokenView, TokenView } from "../tokens/view.ts";

/** A schema that describes a view exactly: a member that one of them lacks does not compile. */
type SchemaOf<View> = z.ZodType<View>;

const time = z.iso.datetime().describe("ISO 8601, UTC");
const count = z.int().min(0);
const keyPair = {
  kid: z.string(),
  algorithm: z.string(),
  rsa_bits: z.int().nullable(),
  created_at: time,
  published_at: time,
};

/** The members that tell what still depends on a key pair. */
export const keyDependents = {
  active_sessions: count.describe("alive sessions that hold a token of the key which may still be valid"),
  dependent_applications: z
    .array(z.object({ id: z.string(), name: z.string(), active_sessions: count, expires_at: time }))
    .describe("whose sessions these are; expires_at: no token of the key that the application holds is valid later"),
};
const previousKey = z.object({
  ...keyPair,
  activated_at: time,
  rotated_at: time,
  signed_until: time.nullable().describe("no token signed with it expires later; null when it never signed"),
  ...keyDependents,
  safe_to_drop: z.boolean(),
  seconds_until_safe: count,
  safe_at: time,
});
const propagation = { propagated: z.boolean(), seconds_until_propagated: count, propagated_at: time };
const exposed = z.object({ id: z.string(), name: z.string(), entity_id: z.string() });
const exposure = {
  active_sessions: count,
  max_token_expiry_secs: count,
  saml_apps_using_default_cert: count,
  saml_applications: z.array(exposed),
};
const refusal = z.looseObject({ code: z.string(), detail: z.string() }).nullable();

/** The state of the signing keys. */
export const signingKeyStatus: SchemaOf<SigningKeyStatusView> = z.object({
  organization_id: z.string(),
  current_kid: z.string(),
  current_key_created_at: time,
  has_prev_key: z.boolean(),
  prev_key: previousKey.nullable().describe("the latest of prev_keys"),
  next_kid: z.string(),
  algorithm: z.string(),
  ...exposure,
  current_key: z.object({
    ...keyPair,
    activated_at: time,
    signed_until: time.nullable(),
    active_sessions: count,
    certificate_fingerprint_sha256: z.string(),
    certificate_expires_at: time,
  }),
  next_key: z.object({ ...keyPair, ...propagation }),
  prev_keys: z.array(previousKey),
  dropped_keys: z.array(
    z.object({
      ...keyPair,
      activated_at: time.nullable(),
      rotated_at: time.nullable(),
      signed_until: time.nullable(),
      dropped_at: time,
    }),
  ),
  server_time: time,
});

/** What a rotation would do. */
export const rotationImpact: SchemaOf<RotationImpactView> = z.object({
  dry_run: z.literal(true),
  action: z.literal("rotate"),
  would_succeed: z.boolean(),
  refusal,
  current_kid: z.string(),
  next_current_kid: z.string(),
  new_next_key: z.object({ algorithm: z.string(), rsa_bits: z.int().nullable() }),
  ...propagation,
  ...exposure,
  server_time: time,
});

/** What a drop would do. */
export const dropImpact: SchemaOf<DropImpactView> = z.object({
  dry_run: z.literal(true),
  action: z.literal("drop"),
  would_succeed: z.boolean(),
  refusal,
  kid: z.string(),
  rotated_at: time,
  safe_to_drop: z.boolean(),
  seconds_until_safe: count,
  safe_at: time,
  ...keyDependents,
  server_time: time,
});

const applicationBase = {
  id: z.string(),
  name: z.string(),
  created_at: time,
  updated_at: time,
  signing_cert_id: z.string().nullable().describe("null: the organization's signing key"),
  signing_certificate: z
    .object({
      id: z.string(),
      name: z.string(),
      kid: z.string(),
      algorithm: z.string(),
      not_before: time,
      expires_at: time,
      expiry_state: z.enum(["ok", "expiring", "urgent", "expired"]),
    })
    .nullable(),
  signs_with: z.object({
    kind: z.enum(["signing_key", "certificate"]),
    kid: z.string(),
    algorithm: z.string(),
    fallback_reason: z.enum(["certificate_expired", "certificate_not_yet_valid"]).nullable(),
  }),
  active_sessions: count,
};
const clientSecretMembers = { id: z.string(), hint: z.string().describe("its last characters"), created_at: time };
const seconds = z.int().min(1);
const oidcApplication = z.object({
  ...applicationBase,
  protocol: z.literal("oidc"),
  client_id: z.string(),
  confidential: z.boolean().describe("false: a public client, which has no secret"),
  consent_required: z.boolean(),
  grant_types: z.array(z.enum(GRANT_TYPES)),
  redirect_uris: z.array(z.string()),
  post_logout_redirect_uris: z.array(z.string()),
  scopes: z.array(z.string()),
  token_expiry_secs: seconds,
  id_token_expiry_secs: seconds,
  refresh_token_expiry_secs: seconds.describe("from the start of the sign-in, however often it is refreshed"),
  client_secrets: z.array(z.object(clientSecretMembers)).describe("at most two"),
});
const samlApplication = z.object({
  ...applicationBase,
  protocol: z.literal("saml"),
  entity_id: z.string(),
  acs_urls: z.array(z.string()),
  name_id_format: z.string().nullable(),
});

/** An application. */
export const application = z.discriminatedUnion("protocol", [oidcApplication, samlApplication]);

/** A new application; the secret of an OIDC client stands here and nowhere else. */
export const createdApplication: SchemaOf<CreatedApplicationView> = z.discriminatedUnion("protocol", [
  oidcApplication.extend({ client_secret: z.string().nullable().describe("null for a public client") }),
  samlApplication,
]);

/** A client secret without the secret. */
export const clientSecret: SchemaOf<ClientSecretView> = z.object(clientSecretMembers);

/** A new client secret, once. */
export const createdClientSecret: SchemaOf<CreatedClientSecretView> = z.object({
  ...clientSecretMembers,
  client_secret: z.string(),
});

/** What a deletion did, or would do. */
export const applicationDeletion: SchemaOf<ApplicationDeletionView> = z.object({
  dry_run: z.boolean(),
  id: z.string(),
  name: z.string(),
  protocol: z.enum(["oidc", "saml"]),
  active_sessions: count,
  tokens_valid_until: time.nullable(),
});

const tokenMembers = {
  id: z.string(),
  name: z.string(),
  permissions: z.array(z.string()),
  owner: z.object({ id: z.string(), email: z.string() }),
  kid: z.string(),
  created_at: time,
  expires_at: time,
  last_used_at: time.nullable(),
  revoked_at: time.nullable(),
};

/** A personal access token without the token. */
export const token: SchemaOf<TokenView> = z.object(tokenMembers);

/** A new personal access token, once. */
export const createdToken: SchemaOf<CreatedTokenView> = z.object({ ...tokenMembers, token: z.string() });

const party = z.object({ type: z.string(), id: z.string(), name: z.string() });
const state = z.record(z.string(), z.unknown()).nullable();

/** One event of the audit log. */
export const auditEvent: SchemaOf<AuditEventView> = z.object({
  id: z.string(),
  sequence: z.int(),
  at: time,
  action: z.string(),
  outcome: z.string(),
  actor: party,
  target: party,
  kid: z.string().nullable(),
  reason: z.string().nullable(),
  before: state,
  after: state,
  address: z.string().nullable(),
  request_id: z.string().nullable(),
});

/** One page of a list. */
export function pageOf(item: z.ZodType): z.ZodType {
  return z.object({ data: z.array(item), next_cursor: z.string().nullable() });
}
