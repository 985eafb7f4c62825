// The SAML name ID formats, in words.

const labels: Record<string, string> = {
  "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified": "Unspecified",
  "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress": "Email address",
  "urn:oasis:names:tc:SAML:1.1:nameid-format:X509SubjectName": "X.509 subject name",
  "urn:oasis:names:tc:SAML:1.1:nameid-format:WindowsDomainQualifiedName": "Windows domain name",
  "urn:oasis:names:tc:SAML:2.0:nameid-format:kerberos": "Kerberos principal",
  "urn:oasis:names:tc:SAML:2.0:nameid-format:entity": "Entity",
  "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent": "Persistent",
  "urn:oasis:names:tc:SAML:2.0:nameid-format:transient": "Transient",
};

/** Every format that can be chosen. */
export const nameIdFormats: readonly string[] = Object.keys(labels);

/** A format in words; one that is not known stays as it is. */
export function nameIdFormatLabel(format: string): string {
  return labels[format] ?? format;
}
