// What the upload form holds while a person fills it, and how it becomes an input of the service.
import type { UploadCertificateRequest } from "#components/certificates/certificate-action.ts";
import { appendCertificates, holdsBoth, sortPem } from "#components/certificates/pem-files.ts";

/** Everything as typed, pasted or dropped. */
export type UploadValues = {
  name: string;
  privateKey: string;
  /** The leaf and its chain, in any order. */
  certificate: string;
  passphrase: string;
};

/** The form at the beginning, and again when the pair is stored: nothing of the key stays behind. */
export const emptyUploadValues: UploadValues = { name: "", privateKey: "", certificate: "", passphrase: "" };

/** The values after a text with a key, certificates or both was given for a field. */
export function takePem(values: UploadValues, field: "privateKey" | "certificate", text: string): UploadValues {
  if (!holdsBoth(text)) return { ...values, [field]: text };
  const { privateKey, certificates } = sortPem(text);
  const others = field === "certificate" ? "" : values.certificate;
  return { ...values, privateKey, certificate: appendCertificates(others, certificates) };
}

/** The values after a file was dropped: a key replaces the one before, certificates are added. */
export function takeFile(values: UploadValues, text: string): UploadValues {
  if (holdsBoth(text)) return takePem(values, "privateKey", text);
  if (text.includes("PRIVATE KEY-----")) return { ...values, privateKey: text };
  return { ...values, certificate: appendCertificates(values.certificate, text) };
}

/** The input that the values mean. */
export function toUploadRequest(values: UploadValues): UploadCertificateRequest {
  const { name, privateKey, certificate, passphrase } = values;
  return {
    name,
    private_key_pem: privateKey,
    certificate_pem: certificate,
    ...(passphrase === "" ? {} : { passphrase }),
  };
}
