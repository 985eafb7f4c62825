// The shapes that the management API answers with about certificates, tied to the views by their types.
import { z } from "zod";
import type { CertificateDeletionView } from "../certificates/deletion-view.ts";
import type {
  CertificatePreviewView,
  CertificateRenewalView,
  CertificateSummaryView,
  CertificateView,
} from "../certificates/view.ts";
import { keyDependents } from "./answers.ts";

/** A schema that describes a view exactly: a member that one of them lacks does not compile. */
type SchemaOf<View> = z.ZodType<View>;

const time = z.iso.datetime().describe("ISO 8601, UTC");
const user = z.object({ id: z.string(), name: z.string(), protocol: z.enum(["oidc", "saml"]) });
const chain = z
  .array(z.object({ subject: z.string(), issuer: z.string(), expires_at: time, fingerprint_sha256: z.string() }))
  .describe("nearest issuer first");
const pem = {
  chain,
  cert_pem: z.string().describe("the leaf"),
  chain_pem: z.string().describe("the rest of the chain; may be empty"),
};
const facts = {
  common_name: z.string(),
  subject: z.string().describe("RFC 4514"),
  issuer: z.string().describe("RFC 4514"),
  serial: z.string().describe("hex"),
  subject_alt_names: z.array(z.string()).describe("as DNS:example.com"),
  key_algorithm: z.string(),
  signing_algorithm: z.string(),
  kid: z.string(),
  not_before: time,
  expires_at: time,
  expiry_state: z.enum(["ok", "expiring", "urgent", "expired"]).describe("30 days, 7 days, past"),
  days_left: z.int(),
  fingerprint_sha1: z.string(),
  fingerprint_sha256: z.string(),
  key_usage: z.array(z.string()).describe("empty: unrestricted"),
  warnings: z.array(z.object({ code: z.string(), message: z.string() })),
};
const summary = {
  id: z.string(),
  name: z.string(),
  source: z.enum(["generated", "uploaded"]),
  ...facts,
  used_by: z.array(user),
  created_at: time,
  created_by: z.string(),
  signed_until: time.nullable().describe("no token signed with its key expires later; null when it never signed"),
  deleted_at: time.nullable(),
  renewed_from_id: z.string().nullable(),
  replaced_by: z
    .object({ id: z.string(), name: z.string(), expires_at: time })
    .nullable()
    .describe("the newest live certificate that renewed it"),
};
const whole = z.object({ ...summary, ...keyDependents, ...pem, can_renew: z.boolean() });

/** A certificate as a list shows it. */
export const certificateSummary: SchemaOf<CertificateSummaryView> = z.object(summary);

/** A certificate; its private key never appears. */
export const certificate: SchemaOf<CertificateView> = whole;

/** What an upload would store. */
export const certificatePreview: SchemaOf<CertificatePreviewView> = z.object({ ...facts, ...pem });

/** What a renewal did, or would do. */
export const certificateRenewal: SchemaOf<CertificateRenewalView> = z.object({
  dry_run: z.boolean(),
  previous: whole,
  renewed: whole.nullable(),
  subject: z.string(),
  key_algorithm: z.string(),
  kid: z.string(),
  not_before: time,
  expires_at: time,
  moved_applications: z.array(user),
});

/** What a deletion did, or would do. */
export const certificateDeletion: SchemaOf<CertificateDeletionView> = z.object({
  dry_run: z.boolean(),
  action: z.literal("delete"),
  would_succeed: z.boolean(),
  refusal: z.looseObject({ code: z.string(), detail: z.string() }).nullable(),
  id: z.string(),
  name: z.string(),
  kid: z.string(),
  applications: z.array(user),
  private_key_destroyed: z.boolean(),
  safe_to_delete: z.boolean(),
  seconds_until_safe: z.int().min(0),
  safe_at: time,
  ...keyDependents,
  signed_until: time.nullable(),
  deleted_at: time.nullable(),
  server_time: time,
});
