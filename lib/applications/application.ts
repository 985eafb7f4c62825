// What an application is, and the pure rules about its fields: scopes, reply addresses, and which field belongs to which protocol.
import { AppError, type FieldError } from "../errors.ts";

/** The kinds of application. */
export const PROTOCOLS = ["oidc", "saml"] as const;
/** One kind of application. */
export type Protocol = (typeof PROTOCOLS)[number];

/** The formats of a subject's name. @see SAML 2.0 Core section 8.3 */
export const NAME_ID_FORMATS = [
  "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified",
  "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress",
  "urn:oasis:names:tc:SAML:1.1:nameid-format:X509SubjectName",
  "urn:oasis:names:tc:SAML:1.1:nameid-format:WindowsDomainQualifiedName",
  "urn:oasis:names:tc:SAML:2.0:nameid-format:kerberos",
  "urn:oasis:names:tc:SAML:2.0:nameid-format:entity",
  "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent",
  "urn:oasis:names:tc:SAML:2.0:nameid-format:transient",
] as const;

type ApplicationBase = {
  id: string;
  organizationId: string;
  name: string;
  createdAt: Date;
  updatedAt: Date;
  /** The managed certificate that it was given; null: the organization's signing key signs. */
  signingCertId: string | null;
};

/** The grants that a client may use. @see RFC 6749 section 1.3 */
export const GRANT_TYPES = ["authorization_code", "refresh_token", "client_credentials"] as const;
/** One grant. */
export type GrantType = (typeof GRANT_TYPES)[number];

/** An OIDC client. */
export type OidcApplication = ApplicationBase & {
  protocol: "oidc";
  clientId: string;
  grantTypes: GrantType[];
  scopes: string[];
  /** Compared character by character with what a request asks for. */
  redirectUris: string[];
  postLogoutRedirectUris: string[];
  /** False: a public client, which cannot keep a secret and has none. */
  isConfidential: boolean;
  /** People are asked before the application gets something for the first time. */
  isConsentRequired: boolean;
  /** The life of its access tokens in seconds. */
  tokenExpirySecs: number;
  /** The life of its ID tokens in seconds. */
  idTokenExpirySecs: number;
  /** How long a sign-in can be kept alive by refresh tokens, from its start, in seconds. */
  refreshTokenExpirySecs: number;
};

/** A SAML service provider. */
export type SamlApplication = ApplicationBase & {
  protocol: "saml";
  entityId: string;
  acsUrls: string[];
  nameIdFormat: string | null;
};

/** Any application of an organization. */
export type Application = OidcApplication | SamlApplication;

/** What is known of a client secret once it has been shown: its SHA-256 (base64url) and its last characters. */
export type ClientSecret = { id: string; hash: string; hint: string; createdAt: Date };

/** What the token endpoint needs to know of a client; the certificate signs for it within its validity only. */
export type OidcClient = OidcApplication & {
  secretHashes: string[];
  certificate: { keyPairId: string; notBefore: Date; notAfter: Date } | null;
};

/** The fields of a change; absent means: as it was. */
export type ApplicationChange = {
  protocol?: Protocol | undefined;
  name?: string | undefined;
  grant_types?: GrantType[] | undefined;
  scopes?: string[] | undefined;
  redirect_uris?: string[] | undefined;
  post_logout_redirect_uris?: string[] | undefined;
  confidential?: boolean | undefined;
  consent_required?: boolean | undefined;
  token_expiry_secs?: number | undefined;
  id_token_expiry_secs?: number | undefined;
  refresh_token_expiry_secs?: number | undefined;
  signing_cert_id?: string | null | undefined;
  entity_id?: string | undefined;
  acs_urls?: string[] | undefined;
  name_id_format?: string | null | undefined;
};

const FIELDS_OF_THE_OTHER: Record<Protocol, readonly (keyof ApplicationChange)[]> = {
  oidc: ["entity_id", "acs_urls", "name_id_format"],
  saml: [
    "grant_types",
    "scopes",
    "redirect_uris",
    "post_logout_redirect_uris",
    "confidential",
    "consent_required",
    "token_expiry_secs",
    "id_token_expiry_secs",
    "refresh_token_expiry_secs",
  ],
};

/** True for one scope token. @see RFC 6749 section 3.3 */
export function isScopeToken(value: string): boolean {
  return /^[\x21\x23-\x5B\x5D-\x7E]+$/.test(value);
}

/** True for an absolute https URL without credentials or fragment; http only for the machine itself. */
export function isAssertionConsumerUrl(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const url = new URL(value);
  if (url.username !== "" || url.password !== "" || value.includes("#")) return false;
  return url.protocol === "https:" || isLocalHttpUrl(value);
}

/** True for http on the machine itself, which only development takes. */
export function isLocalHttpUrl(value: string): boolean {
  const { protocol, hostname } = new URL(value);
  return protocol === "http:" && ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
}

/**
 * The application as it is after a change.
 * @throws request.invalid for a field of the other protocol, or another protocol
 */
export function changeApplication(application: Application, change: ApplicationChange, now: Date): Application {
  refuseForeignFields(application.protocol, change);
  const name = change.name ?? application.name;
  const signingCertId = change.signing_cert_id === undefined ? application.signingCertId : change.signing_cert_id;
  const base = { name, signingCertId, updatedAt: now };
  if (application.protocol === "oidc") {
    return { ...application, ...base, ...changedClientFields(application, change) };
  }
  return {
    ...application,
    ...base,
    entityId: change.entity_id ?? application.entityId,
    acsUrls: change.acs_urls ?? application.acsUrls,
    nameIdFormat: change.name_id_format === undefined ? application.nameIdFormat : change.name_id_format,
  };
}

function changedClientFields(client: OidcApplication, change: ApplicationChange): Partial<OidcApplication> {
  return {
    grantTypes: change.grant_types ?? client.grantTypes,
    scopes: change.scopes ?? client.scopes,
    redirectUris: change.redirect_uris ?? client.redirectUris,
    postLogoutRedirectUris: change.post_logout_redirect_uris ?? client.postLogoutRedirectUris,
    isConfidential: change.confidential ?? client.isConfidential,
    isConsentRequired: change.consent_required ?? client.isConsentRequired,
    tokenExpirySecs: change.token_expiry_secs ?? client.tokenExpirySecs,
    idTokenExpirySecs: change.id_token_expiry_secs ?? client.idTokenExpirySecs,
    refreshTokenExpirySecs: change.refresh_token_expiry_secs ?? client.refreshTokenExpirySecs,
  };
}

function refuseForeignFields(protocol: Protocol, change: ApplicationChange): void {
  const errors: FieldError[] = FIELDS_OF_THE_OTHER[protocol]
    .filter((field) => change[field] !== undefined)
    .map((field) => ({
      field,
      code: "unsupported",
      message: `A ${protocol.toUpperCase()} application has no such field.`,
    }));
  if (change.protocol !== undefined && change.protocol !== protocol) {
    errors.push({ field: "protocol", code: "unsupported", message: "The protocol of an application cannot change." });
  }
  if (errors.length > 0) throw new AppError("request.invalid", "The input was refused.", { errors });
}

/** True when a change left everything as it was. */
export function isSameApplication(before: Application, after: Application): boolean {
  return JSON.stringify({ ...after, updatedAt: before.updatedAt }) === JSON.stringify(before);
}
