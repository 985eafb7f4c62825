// What the certificates service shows to the page and to the API: an allow-list, times in ISO 8601 UTC, never a private key.

import type { KeyPairSessions } from "../sessions/session.ts";
import { type KeyDependentsView, toKeyDependentsView } from "../sessions/view.ts";
import {
  type Certificate,
  type CertificateSource,
  type CertificateSummary,
  daysLeft,
  type ExpiryState,
  expiryStateOf,
} from "./certificate.ts";
import type { Renewal } from "./succession.ts";

/** An application that signs with a certificate. */
export type CertificateUserView = { id: string; name: string; protocol: "oidc" | "saml" };

/** The live certificate that took the place of another one. */
export type ReplacementView = { id: string; name: string; expires_at: string };

/** One certificate above the leaf. */
export type ChainCertificateView = {
  subject: string;
  issuer: string;
  expires_at: string;
  fingerprint_sha256: string;
};

/** What can be read from a certificate and its key. */
type CertificateFactsView = {
  common_name: string;
  /** RFC 4514 text. */
  subject: string;
  /** RFC 4514 text. */
  issuer: string;
  /** Upper-case hex. */
  serial: string;
  /** As `DNS:example.com`, `IP:192.0.2.1`, `EMAIL:…`, `URI:…`, `DIRNAME:…`, `RID:…`, `OTHER:…`. */
  subject_alt_names: string[];
  /** rsa2048, rsa3072, rsa4096, ecdsa-p256, ecdsa-p384, ecdsa-p521, or another size of RSA when uploaded. */
  key_algorithm: string;
  /** The JWS algorithm that it signs with. */
  signing_algorithm: string;
  kid: string;
  not_before: string;
  expires_at: string;
  expiry_state: ExpiryState;
  /** Whole days; negative once it has expired. */
  days_left: number;
  /** Upper-case hex with colons. */
  fingerprint_sha1: string;
  /** Upper-case hex with colons. */
  fingerprint_sha256: string;
  /** As RFC 5280 names them; empty: unrestricted. */
  key_usage: string[];
  warnings: Certificate["warnings"];
};

/** A managed certificate as a list shows it. */
export type CertificateSummaryView = CertificateFactsView & {
  id: string;
  name: string;
  source: CertificateSource;
  used_by: CertificateUserView[];
  created_at: string;
  created_by: string;
  /** No token signed with its key pair expires later; null when it never signed. */
  signed_until: string | null;
  /** Null while it lives. */
  deleted_at: string | null;
  /** The certificate that it renewed. */
  renewed_from_id: string | null;
  /** The newest live certificate that renewed it, or renewed one that did; null when there is none. */
  replaced_by: ReplacementView | null;
};

/** A managed certificate with everything, and what still depends on its key, whichever certificate over it signed. */
export type CertificateView = CertificateSummaryView &
  KeyDependentsView & {
    chain: ChainCertificateView[];
    /** The leaf. */
    cert_pem: string;
    /** The rest of the chain; may be empty. */
    chain_pem: string;
    /** True for a live self-signed one: its key can get a new certificate here. */
    can_renew: boolean;
  };

/** What was read from an upload, before anything is stored. */
export type CertificatePreviewView = CertificateFactsView & {
  chain: ChainCertificateView[];
  cert_pem: string;
  chain_pem: string;
};

/** The old certificate and the one that would follow it, or did. */
export type CertificateRenewalView = {
  dry_run: boolean;
  previous: CertificateView;
  /** With `dry_run` no fingerprint and no id exist yet; these members are then absent. */
  renewed: CertificateView | null;
  /** What the new one says, made or not. */
  subject: string;
  key_algorithm: string;
  /** The same before and after: the public key stays. */
  kid: string;
  not_before: string;
  expires_at: string;
  /** Applications that move to the new certificate in the same transaction. */
  moved_applications: CertificateUserView[];
};

/** What a view tells of a certificate beyond itself. */
export type CertificateRelations = { usedBy: CertificateUserView[]; successor: Renewal | null };

/** A stored certificate without its bytes. */
export function toCertificateSummaryView(
  certificate: CertificateSummary,
  { usedBy, successor }: CertificateRelations,
  now: Date,
): CertificateSummaryView {
  return {
    id: certificate.id,
    name: certificate.name,
    source: certificate.source,
    ...toFactsView(certificate, now),
    used_by: usedBy,
    created_at: certificate.createdAt.toISOString(),
    created_by: certificate.createdBy,
    signed_until: certificate.signedUntil?.toISOString() ?? null,
    deleted_at: certificate.deletedAt?.toISOString() ?? null,
    renewed_from_id: certificate.renewedFromId,
    replaced_by: successor && toReplacementView(successor),
  };
}

/** A certificate as the one before it names it. */
export function toReplacementView({ id, name, notAfter }: Renewal): ReplacementView {
  return { id, name, expires_at: notAfter.toISOString() };
}

/** A stored certificate. */
export function toCertificateView(
  certificate: Certificate,
  facts: CertificateRelations & {
    sessions: KeyPairSessions;
    chain: ChainCertificateView[];
    canRenew: boolean;
  },
  now: Date,
): CertificateView {
  return {
    ...toCertificateSummaryView(certificate, facts, now),
    ...toKeyDependentsView(facts.sessions),
    chain: facts.chain,
    cert_pem: certificate.certificatePem,
    chain_pem: certificate.chainPem,
    can_renew: facts.canRenew,
  };
}

/** A certificate that is not stored. */
export function toCertificatePreviewView(
  certificate: FactsOf & Pick<Certificate, "certificatePem" | "chainPem">,
  chain: ChainCertificateView[],
  now: Date,
): CertificatePreviewView {
  return {
    ...toFactsView(certificate, now),
    chain,
    cert_pem: certificate.certificatePem,
    chain_pem: certificate.chainPem,
  };
}

type FactsOf = Omit<
  CertificateSummary,
  | "id"
  | "organizationId"
  | "name"
  | "source"
  | "keyPairId"
  | "createdAt"
  | "createdBy"
  | "deletedAt"
  | "renewedFromId"
  | "signedUntil"
>;

function toFactsView(certificate: FactsOf, now: Date): CertificateFactsView {
  return {
    common_name: certificate.commonName,
    subject: certificate.subject,
    issuer: certificate.issuer,
    serial: certificate.serial,
    subject_alt_names: certificate.subjectAltNames,
    key_algorithm: certificate.algorithm,
    signing_algorithm: certificate.signingAlgorithm,
    kid: certificate.kid,
    not_before: certificate.notBefore.toISOString(),
    expires_at: certificate.notAfter.toISOString(),
    expiry_state: expiryStateOf(certificate.notAfter, now),
    days_left: daysLeft(certificate.notAfter, now),
    fingerprint_sha1: certificate.fingerprintSha1,
    fingerprint_sha256: certificate.fingerprintSha256,
    key_usage: certificate.keyUsage,
    warnings: [...certificate.warnings, ...futureWarning(certificate.notBefore, now)],
  };
}

/** Not stored with the others, because it passes. */
function futureWarning(notBefore: Date, now: Date): Certificate["warnings"] {
  if (notBefore.getTime() <= now.getTime()) return [];
  return [
    { code: "not_yet_valid", message: `It becomes valid only at ${notBefore.toISOString()} and signs from then on.` },
  ];
}
