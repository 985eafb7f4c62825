// What the application form holds while a person types, and how it becomes an input of the service.
import { REFRESH_TOKEN_EXPIRY_SECONDS, TOKEN_EXPIRY_SECONDS } from "#lib/applications/expiry.ts";
import type { ApplicationView, OidcApplicationView } from "#lib/applications/view.ts";

/** One grant. */
export type GrantType = OidcApplicationView["grant_types"][number];

/** Everything the form can hold; the fields of the other protocol are kept, so that switching loses nothing. */
export type ApplicationValues = {
  protocol: "oidc" | "saml";
  name: string;
  /** Null: the organization's signing key. */
  signingCertId: string | null;
  kind: "confidential" | "public";
  grantTypes: readonly GrantType[];
  /** One on each line. */
  redirectUris: string;
  /** One on each line. */
  postLogoutRedirectUris: string;
  isConsentRequired: boolean;
  /** Separated by spaces or line ends. */
  scopes: string;
  /** Seconds, as typed. */
  tokenExpirySecs: string;
  idTokenExpirySecs: string;
  refreshTokenExpirySecs: string;
  entityId: string;
  /** One on each line. */
  acsUrls: string;
  /** Empty: not set. */
  nameIdFormat: string;
};

/** The form of a new application. */
export const newApplicationValues: ApplicationValues = {
  protocol: "oidc",
  name: "",
  signingCertId: null,
  kind: "confidential",
  grantTypes: ["client_credentials"],
  redirectUris: "",
  postLogoutRedirectUris: "",
  isConsentRequired: false,
  scopes: "",
  tokenExpirySecs: String(TOKEN_EXPIRY_SECONDS.default),
  idTokenExpirySecs: String(TOKEN_EXPIRY_SECONDS.default),
  refreshTokenExpirySecs: String(REFRESH_TOKEN_EXPIRY_SECONDS.default),
  entityId: "",
  acsUrls: "",
  nameIdFormat: "",
};

/** The form of an application as it is. */
export function toApplicationValues(application: ApplicationView): ApplicationValues {
  const { protocol, name, signing_cert_id: signingCertId } = application;
  const base = { ...newApplicationValues, name, signingCertId };
  if (protocol === "oidc") {
    return {
      ...base,
      protocol,
      kind: application.confidential ? "confidential" : "public",
      grantTypes: application.grant_types,
      redirectUris: application.redirect_uris.join("\n"),
      postLogoutRedirectUris: application.post_logout_redirect_uris.join("\n"),
      isConsentRequired: application.consent_required,
      scopes: application.scopes.join(" "),
      tokenExpirySecs: String(application.token_expiry_secs),
      idTokenExpirySecs: String(application.id_token_expiry_secs),
      refreshTokenExpirySecs: String(application.refresh_token_expiry_secs),
    };
  }
  const { entity_id: entityId, acs_urls: urls, name_id_format: nameIdFormat } = application;
  return { ...base, protocol, entityId, acsUrls: urls.join("\n"), nameIdFormat: nameIdFormat ?? "" };
}

/** The grants after one was ticked or not; a refresh token comes only with a sign-in. */
export function changedGrants(
  { grantTypes }: ApplicationValues,
  grant: GrantType,
  isChosen: boolean,
): Partial<ApplicationValues> {
  const others = grantTypes.filter((one) => one !== grant);
  if (isChosen) return { grantTypes: [...others, grant] };
  return { grantTypes: grant === "authorization_code" ? others.filter((one) => one !== "refresh_token") : others };
}

/** The form after another client type was chosen; without a secret there is only the sign-in of people. */
export function changedKind(values: ApplicationValues, kind: ApplicationValues["kind"]): Partial<ApplicationValues> {
  if (kind === "confidential") return { kind };
  const grants = values.grantTypes.filter((grant) => grant !== "client_credentials");
  return { kind, grantTypes: grants.length > 0 ? grants : ["authorization_code", "refresh_token"] };
}

/** The input that the typed values mean; the server checks it. Without a choice of certificates it says nothing of them. */
export function toApplicationInput(
  values: ApplicationValues,
  { hasCertificateChoice }: { hasCertificateChoice: boolean },
): Record<string, unknown> {
  const { protocol, signingCertId } = values;
  const base = {
    protocol,
    name: values.name,
    ...(hasCertificateChoice ? { signing_cert_id: signingCertId } : {}),
  };
  if (protocol === "oidc") return { ...base, ...toClientInput(values) };
  return {
    ...base,
    entity_id: values.entityId,
    acs_urls: wordsOf(values.acsUrls),
    name_id_format: values.nameIdFormat === "" ? null : values.nameIdFormat,
  };
}

/** Fields that are not shown are not sent, so that nobody is told of a mistake that cannot be seen. */
function toClientInput(values: ApplicationValues): Record<string, unknown> {
  const { kind, grantTypes } = values;
  const machine = {
    confidential: kind === "confidential",
    grant_types: grantTypes,
    scopes: wordsOf(values.scopes),
    token_expiry_secs: toSeconds(values.tokenExpirySecs),
  };
  if (!grantTypes.includes("authorization_code")) return machine;
  return {
    ...machine,
    redirect_uris: wordsOf(values.redirectUris),
    post_logout_redirect_uris: wordsOf(values.postLogoutRedirectUris),
    consent_required: values.isConsentRequired,
    id_token_expiry_secs: toSeconds(values.idTokenExpirySecs),
    ...(grantTypes.includes("refresh_token")
      ? { refresh_token_expiry_secs: toSeconds(values.refreshTokenExpirySecs) }
      : {}),
  };
}

/** The life of a token in seconds if the typed text is one, else null. */
export function typedSeconds(text: string): number | null {
  return /^\d{1,9}$/.test(text.trim()) ? Number(text) : null;
}

function toSeconds(text: string): number | string {
  return typedSeconds(text) ?? text.trim();
}

function wordsOf(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== "");
}
