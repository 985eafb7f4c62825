// What the application form holds while a person types, and how it becomes an input of the service.
import type { ApplicationView } from "#lib/applications/view.ts";

/** Everything the form can hold; the fields of the other protocol are kept, so that switching loses nothing. */
export type ApplicationValues = {
  protocol: "oidc" | "saml";
  name: string;
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
  scopes: "",
  tokenExpirySecs: "3600",
  entityId: "",
  acsUrls: "",
  nameIdFormat: "",
};

/** The form of an application as it is. */
export function toApplicationValues(application: ApplicationView): ApplicationValues {
  const { protocol, name } = application;
  if (protocol === "oidc") {
    const { scopes, token_expiry_secs: seconds } = application;
    return { ...newApplicationValues, protocol, name, scopes: scopes.join(" "), tokenExpirySecs: String(seconds) };
  }
  const { entity_id: entityId, acs_urls: urls, name_id_format: nameIdFormat } = application;
  return {
    ...newApplicationValues,
    protocol,
    name,
    entityId,
    acsUrls: urls.join("\n"),
    nameIdFormat: nameIdFormat ?? "",
  };
}

/** The input that the typed values mean; the server checks it. */
export function toApplicationInput(values: ApplicationValues): Record<string, unknown> {
  const { protocol, name } = values;
  if (protocol === "oidc") {
    const typed = values.tokenExpirySecs.trim();
    const seconds = /^\d{1,9}$/.test(typed) ? Number(typed) : typed;
    return { protocol, name, scopes: wordsOf(values.scopes), token_expiry_secs: seconds };
  }
  return {
    protocol,
    name,
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
