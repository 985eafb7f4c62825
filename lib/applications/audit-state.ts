// What the audit events of applications keep: the fields that somebody can set, by their names in the API.
import type { Application } from "./application.ts";
import type { OidcApplicationView, SamlApplicationView } from "./view.ts";

/** What a view tells that nobody sets; which secrets there are and which certificate signs has events of its own. */
type Fact =
  | "id"
  | "created_at"
  | "updated_at"
  | "signing_certificate"
  | "signs_with"
  | "active_sessions"
  | "client_secrets";

/** The part of an application that its audit events keep. */
export function toAuditState(application: Application): Record<string, unknown> {
  const { name, protocol, signingCertId: signing_cert_id } = application;
  if (protocol === "saml") {
    return {
      name,
      protocol,
      entity_id: application.entityId,
      acs_urls: application.acsUrls,
      name_id_format: application.nameIdFormat,
      signing_cert_id,
    } satisfies Omit<SamlApplicationView, Fact>;
  }
  return {
    name,
    protocol,
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
    signing_cert_id,
  } satisfies Omit<OidcApplicationView, Fact>;
}
