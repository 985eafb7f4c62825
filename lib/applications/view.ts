// What the applications service shows to the page and to the API: an allow-list, times in ISO 8601 UTC, a secret once.
import { type ExpiryState, expiryStateOf, isWithinValidity } from "../certificates/certificate.ts";
import type { SigningCertificate } from "../certificates/signing-certificate.ts";
import type { Application, ClientSecret, GrantType } from "./application.ts";

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

/** What can be told of a client secret that works: its last characters. */
export type ClientSecretView = { id: string; hint: string; created_at: string };

/** A new client secret: the only place where it ever stands. */
export type CreatedClientSecretView = ClientSecretView & { client_secret: string };

/** An OIDC client; lives in seconds. */
export type OidcApplicationView = ApplicationViewBase & {
  protocol: "oidc";
  client_id: string;
  confidential: boolean;
  consent_required: boolean;
  grant_types: GrantType[];
  redirect_uris: string[];
  post_logout_redirect_uris: string[];
  scopes: string[];
  token_expiry_secs: number;
  id_token_expiry_secs: number;
  refresh_token_expiry_secs: number;
  /** Oldest first; at most two. */
  client_secrets: ClientSecretView[];
};

/** A SAML service provider. */
export type SamlApplicationView = ApplicationViewBase & {
  protocol: "saml";
  entity_id: string;
  acs_urls: string[];
  name_id_format: string | null;
};

/** What a view tells that nobody sets there. */
type Fact =
  | "id"
  | "created_at"
  | "updated_at"
  | "signing_certificate"
  | "signs_with"
  | "active_sessions"
  | "client_secrets";

/** The part of a view that somebody can set. */
export type ApplicationSettingsView = Omit<OidcApplicationView, Fact> | Omit<SamlApplicationView, Fact>;

/** Any application. */
export type ApplicationView = OidcApplicationView | SamlApplicationView;

/** The answer to a creation: the only place where the secret of an OIDC client ever stands; a public one has none. */
export type CreatedApplicationView = (OidcApplicationView & { client_secret: string | null }) | SamlApplicationView;

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
  const facts = {
    id: application.id,
    created_at: application.createdAt.toISOString(),
    updated_at: application.updatedAt.toISOString(),
    signing_certificate: certificate && toSigningCertificateView(certificate, now),
    signs_with: toSignsWithView(certificate, currentKey, now),
    active_sessions: activeSessions,
  };
  const settings = toSettingsView(application);
  return settings.protocol === "saml"
    ? { ...facts, ...settings }
    : { ...facts, ...settings, client_secrets: secrets.map(toClientSecretView) };
}

/** What somebody can set of an application; its audit events keep just that. */
export function toSettingsView(application: Application): ApplicationSettingsView {
  const base = { name: application.name, signing_cert_id: application.signingCertId };
  if (application.protocol === "saml") {
    const { entityId, acsUrls, nameIdFormat } = application;
    return { ...base, protocol: "saml", entity_id: entityId, acs_urls: acsUrls, name_id_format: nameIdFormat };
  }
  return {
    ...base,
    protocol: "oidc",
    client_id: application.clientId,
    confidential: application.isConfidential,
    consent_required: application.isConsentRequired,
    grant_types: application.grantTypes,
    redirect_uris: application.redirectUris,
    post_logout_redirect_uris: application.postLogoutRedirectUris,
    scopes: application.scopes,
    token_expiry_secs: application.tokenExpirySecs,
    id_token_expiry_secs: application.idTokenExpirySecs,
    refresh_token_expiry_secs: application.refreshTokenExpirySecs,
  };
}

/** The allow-list of a client secret. */
export function toClientSecretView({ id, hint, createdAt }: ClientSecret): ClientSecretView {
  return { id, hint, created_at: createdAt.toISOString() };
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
