// What the application form holds while a person types, and how it becomes an input of the service.
import type { ApplicationView } from "#lib/applications/view.ts";

/** Everything the form can hold; the fields of the other protocol are kept, so that switching loses nothing. */
export type ApplicationValues = {
  protocol: "oidc" | "saml";
  name: string;
  /** Null: the organization's signing key. */
  signingCertId: string | null;
  /** Separated by spaces or line ends. */
  scopes: string;
  /** Seconds, as typed. */
  tokenExpirySecs: string;
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
  scopes: "",
  tokenExpirySecs: "3600",
  entityId: "",
  acsUrls: "",
  nameIdFormat: "",
};

/** The form of an application as it is. */
export function toApplicationValues(application: ApplicationView): ApplicationValues {
  const { protocol, name, signing_cert_id: signingCertId } = application;
  const base = { ...newApplicationValues, name, signingCertId };
  if (protocol === "oidc") {
    const { scopes, token_expiry_secs: seconds } = application;
    return { ...base, protocol, scopes: scopes.join(" "), tokenExpirySecs: String(seconds) };
  }
  const { entity_id: entityId, acs_urls: urls, name_id_format: nameIdFormat } = application;
  return {
    ...base,
    protocol,
    entityId,
    acsUrls: urls.join("\n"),
    nameIdFormat: nameIdFormat ?? "",
  };
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
  if (protocol === "oidc") {
    const typed = values.tokenExpirySecs.trim();
    const seconds = /^\d{1,9}$/.test(typed) ? Number(typed) : typed;
    return { ...base, scopes: wordsOf(values.scopes), token_expiry_secs: seconds };
  }
  return {
    ...base,
    entity_id: values.entityId,
    acs_urls: wordsOf(values.acsUrls),
    name_id_format: values.nameIdFormat === "" ? null : values.nameIdFormat,
  };
}

/** The life of a token in seconds if the typed text is one, else null. */
export function typedSeconds(text: string): number | null {
  return /^\d{1,9}$/.test(text.trim()) ? Number(text) : null;
}

function wordsOf(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== "");
}
