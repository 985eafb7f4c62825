// What the applications service shows to the page and to the API: an allow-list, times in ISO 8601 UTC, a secret once.
import { type ExpiryState, expiryStateOf, isWithinValidity } from "../certificates/certificate.ts";
import type { SigningCertificate } from "../certificates/signing-certificate.ts";
import type { Application, ClientSecret } from "./application.ts";

/** The managed certificate that an application was given, valid or not. */
export type SigningCertificateView = {
  id: string;
  name: string;
  kid: string;
  algorithm: string;
  not_before: string;
  expires_at: string;
  expiry_state: ExpiryState;
};

/** What signs for an application at the moment. */
export type SignsWithView = {
  kind: "signing_key" | "certificate";
  kid: string;
  algorithm: string;
  /** Why the organization's signing key signs although there is a certificate; null when it is meant to. */
  fallback_reason: "certificate_expired" | "certificate_not_yet_valid" | null;
};

type ApplicationViewBase = {
  id: string;
  name: string;
  created_at: string;
  updated_at: string;
  /** Null: the organization's signing key signs. */
  signing_cert_id: string | null;
  signing_certificate: SigningCertificateView | null;
  signs_with: SignsWithView;
  /** Subjects with a token that may still be valid. */
  active_sessions: number;
};

/** An OIDC client; `token_expiry_secs` in seconds. */
export type OidcApplicationView = ApplicationViewBase & {
  protocol: "oidc";
  client_id: string;
  confidential: true;
  grant_types: string[];
  redirect_uris: string[];
  scopes: string[];
  token_expiry_secs: number;
  /** The last characters of each secret that works. */
  client_secrets: { id: string; hint: string; created_at: string }[];
};

/** A SAML service provider. */
export type SamlApplicationView = ApplicationViewBase & {
  protocol: "saml";
  entity_id: string;
  acs_urls: string[];
  name_id_format: string | null;
};

/** Any application. */
export type ApplicationView = OidcApplicationView | SamlApplicationView;

/** The answer to a creation: the only place where the secret of an OIDC client ever stands. */
export type CreatedApplicationView = (OidcApplicationView & { client_secret: string }) | SamlApplicationView;

/** What a deletion does, or with `dry_run` would do. */
export type ApplicationDeletionView = {
  dry_run: boolean;
  id: string;
  name: string;
  protocol: "oidc" | "saml";
  active_sessions: number;
  /** Tokens already handed out stay valid for verifiers at most until then; null when there are none. */
  tokens_valid_until: string | null;
};

/** What a view tells beyond the application itself. */
export type ApplicationFacts = {
  secrets: ClientSecret[];
  activeSessions: number;
  certificate: SigningCertificate | null;
  currentKey: { kid: string; algorithm: string };
};

/** The allow-list of an application. */
export function toApplicationView(
  application: Application,
  { secrets, activeSessions, certificate, currentKey }: ApplicationFacts,
  now: Date,
): ApplicationView {
  const base: ApplicationViewBase = {
    id: application.id,
    name: application.name,
    created_at: application.createdAt.toISOString(),
    updated_at: application.updatedAt.toISOString(),
    signing_cert_id: application.signingCertId,
    signing_certificate: certificate && toSigningCertificateView(certificate, now),
    signs_with: toSignsWithView(certificate, currentKey, now),
    active_sessions: activeSessions,
  };
  if (application.protocol === "saml") {
    const { entityId, acsUrls, nameIdFormat } = application;
    return { ...base, protocol: "saml", entity_id: entityId, acs_urls: acsUrls, name_id_format: nameIdFormat };
  }
  return {
    ...base,
    protocol: "oidc",
    client_id: application.clientId,
    confidential: true,
    grant_types: application.grantTypes,
    redirect_uris: [],
    scopes: application.scopes,
    token_expiry_secs: application.tokenExpirySecs,
    client_secrets: secrets.map(({ id, hint, createdAt }) => ({ id, hint, created_at: createdAt.toISOString() })),
  };
}

function toSigningCertificateView(certificate: SigningCertificate, now: Date): SigningCertificateView {
  return {
    id: certificate.id,
    name: certificate.name,
    kid: certificate.kid,
    algorithm: certificate.algorithm,
    not_before: certificate.notBefore.toISOString(),
    expires_at: certificate.notAfter.toISOString(),
    expiry_state: expiryStateOf(certificate.notAfter, now),
  };
}

function toSignsWithView(
  certificate: SigningCertificate | null,
  currentKey: ApplicationFacts["currentKey"],
  now: Date,
): SignsWithView {
  if (certificate !== null && isWithinValidity(certificate, now)) {
    return { kind: "certificate", kid: certificate.kid, algorithm: certificate.algorithm, fallback_reason: null };
  }
  const { kid, algorithm } = currentKey;
  const hasEnded = certificate !== null && now >= certificate.notAfter;
  const reason = hasEnded ? "certificate_expired" : "certificate_not_yet_valid";
  return { kind: "signing_key", kid, algorithm, fallback_reason: certificate === null ? null : reason };
}
