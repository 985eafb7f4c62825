// What the form of a new certificate holds while a person types, and how it becomes an input of the service.
import type { GenerateCertificateRequest } from "#components/certificates/certificate-action.ts";
import { formatDay } from "#components/ui/format-time.ts";
import { type KeyAlgorithm, VALIDITY_DAYS } from "#lib/certificates/schema.ts";

/** Everything as typed. */
export type NewCertificateValues = {
  name: string;
  /** Empty: as the name. */
  commonName: string;
  /** Separated by commas. */
  subjectAltNames: string;
  validityDays: string;
  keyAlgorithm: KeyAlgorithm;
};

/** The form at the beginning. */
export const newCertificateValues: NewCertificateValues = {
  name: "",
  commonName: "",
  subjectAltNames: "",
  validityDays: String(VALIDITY_DAYS.default),
  keyAlgorithm: "rsa4096",
};

const dayInMilliseconds = 86_400_000;

/** A number of days if the text is one, else the text: the server says what is wrong with it. */
export function typedDays(text: string): number | string {
  const typed = text.trim();
  return /^\d{1,9}$/.test(typed) ? Number(typed) : typed;
}

/** The end of so many days from now on, ISO 8601, or null when the text is no number of days that can be. */
export function lastDay(text: string, now: string): string | null {
  const days = typedDays(text);
  if (typeof days === "string" || days < VALIDITY_DAYS.minimum || days > VALIDITY_DAYS.maximum) return null;
  return new Date(Date.parse(now) + days * dayInMilliseconds).toISOString();
}

/** "Until 22 Nov 2027", or null as {@link lastDay}. */
export function validUntil(text: string, now: string): string | null {
  const day = lastDay(text, now);
  return day === null ? null : `Until ${formatDay(day)}`;
}

/** The input that the typed values mean; fields left empty take their defaults. */
export function toGenerateRequest(values: NewCertificateValues): GenerateCertificateRequest {
  const { name, commonName, subjectAltNames, validityDays, keyAlgorithm } = values;
  return {
    name,
    ...(commonName.trim() === "" ? {} : { common_name: commonName }),
    ...(subjectAltNames.trim() === "" ? {} : { subject_alt_names: subjectAltNames }),
    validity_days: typedDays(validityDays),
    key_algorithm: keyAlgorithm,
  };
}
