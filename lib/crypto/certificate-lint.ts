// Judges a certificate that comes from outside, or was just made here: what is refused, and what only deserves a warning.
import { AppError, type ErrorCode } from "../errors.ts";
import type { CertificateExtensions } from "./certificate-extensions.ts";
import { type AlgorithmIdentifier, type CertificateParts, readAlgorithmIdentifier } from "./certificate-reader.ts";
import { contextTag, readElements } from "./der.ts";

/** Something odd that is taken all the same. */
export type LintWarning = { code: string; message: string };

const MAXIMUM_SERIAL_OCTETS = 20;
const RSASSA_PSS = "1.2.840.113549.1.1.10";
const SHA1 = "1.3.14.3.2.26";
/** Signatures that nobody forges today: RSA, DSA, ECDSA with SHA-1 to SHA-3, RSASSA-PSS, Ed25519, Ed448. MD2, MD4, MD5 and all others are not. */
const SIGNATURES = new Set([
  "1.2.840.113549.1.1.5",
  ...[11, 12, 13, 14, 15, 16].map((arc) => `1.2.840.113549.1.1.${arc}`),
  RSASSA_PSS,
  "1.2.840.10040.4.3",
  "1.2.840.10045.4.1",
  ...[1, 2, 3, 4].map((arc) => `1.2.840.10045.4.3.${arc}`),
  ...Array.from({ length: 16 }, (_, index) => `2.16.840.1.101.3.4.3.${index + 1}`),
  "1.3.101.112",
  "1.3.101.113",
]);
const SHA1_SIGNATURES = new Set(["1.2.840.113549.1.1.5", "1.2.840.10040.4.3", "1.2.840.10045.4.1"]);
/** What RFC 5280 and RFC 7633 define, and may therefore stand there as critical. */
const KNOWN_EXTENSIONS = new Set([
  ...[9, 14, 15, 16, 17, 18, 19, 30, 31, 32, 33, 35, 36, 37, 46, 54].map((arc) => `2.5.29.${arc}`),
  ...[1, 11, 24].map((arc) => `1.3.6.1.5.5.7.1.${arc}`),
]);

/**
 * Refuses what breaks RFC 5280 in a way that verifiers trip over, or what can be forged.
 * @throws certificate.signature_unsupported certificate.extension_invalid certificate.serial_invalid certificate.pem_invalid
 */
export function refuseBrokenCertificate(parts: CertificateParts): void {
  const { innerSignature, outerSignature, serial, extensions, issuer, version } = parts;
  if (!innerSignature.raw.equals(outerSignature.raw)) {
    throw refusal("signature_unsupported", "It names one signature algorithm inside and another one outside.");
  }
  if (!SIGNATURES.has(outerSignature.oid)) {
    throw refusal(
      "signature_unsupported",
      "It is signed with MD5 or another algorithm that is not secure or not known.",
    );
  }
  const magnitude = serial[0] === 0 ? serial.length - 1 : serial.length;
  if (magnitude > MAXIMUM_SERIAL_OCTETS) {
    throw refusal("serial_invalid", `Its serial number has ${magnitude} octets; RFC 5280 allows 20.`);
  }
  if (issuer.text === "") throw refusal("pem_invalid", "It names no issuer.");
  const oids = extensions.map(({ oid }) => oid);
  const repeated = oids.find((oid, index) => oids.indexOf(oid) !== index);
  if (repeated !== undefined) throw refusal("extension_invalid", `It has the extension ${repeated} twice.`);
  if (extensions.length > 0 && version !== 3) {
    throw refusal("extension_invalid", `It has extensions, but says that it is of version ${version}.`);
  }
  const unknown = extensions.find(({ oid, isCritical }) => isCritical && !KNOWN_EXTENSIONS.has(oid));
  if (unknown !== undefined) {
    throw refusal("extension_invalid", `Its extension ${unknown.oid} is critical, and Signet does not know it.`);
  }
}

/** What is odd about a certificate at the end of a chain that signs tokens and assertions. */
export function findWarnings(parts: CertificateParts, extensions: CertificateExtensions): LintWarning[] {
  const { keyUsage, isAuthority, areAltNamesSound } = extensions;
  const isPositive = (parts.serial[0] ?? 0) < 0x80 && parts.serial.some((octet) => octet !== 0);
  const found: (LintWarning | false)[] = [
    isAuthority && warning("ca_true", "It is a certificate authority's certificate (CA:TRUE), not that of a signer."),
    parts.version < 3 && warning("old_version", `It is an X.509 certificate of version ${parts.version}, not 3.`),
    isSha1(parts.outerSignature) && warning("sha1_signature", "It is signed with SHA-1, which many verifiers refuse."),
    !isPositive && warning("serial_not_positive", "Its serial number is not a positive number."),
    keyUsage?.includes("digitalSignature") === false &&
      warning("no_digital_signature", "Its key usage does not allow digital signatures; strict verifiers refuse it."),
    keyUsage?.includes("keyCertSign") === true &&
      !isAuthority &&
      warning("cert_sign_without_ca", "Its key usage allows signing certificates, but it is no authority."),
    !areAltNamesSound &&
      warning(
        "bad_alternative_name",
        "Its alternative names cannot be read, or one of its DNS names is not a host name.",
      ),
  ];
  return found.filter((one) => one !== false);
}

/** True when the signature rests on SHA-1. */
function isSha1({ oid, parameters }: AlgorithmIdentifier): boolean {
  if (oid !== RSASSA_PSS) return SHA1_SIGNATURES.has(oid);
  const [hash] = parameters === null ? [] : readElements(readElements(parameters)[0]?.content ?? Buffer.alloc(0));
  // RFC 4055: SHA-1 is what an absent hash means.
  if (hash?.tag !== contextTag(0)) return true;
  return readAlgorithmIdentifier(readElements(hash.content)[0]).oid === SHA1;
}

function warning(code: string, message: string): LintWarning {
  return { code, message };
}

function refusal(code: string, reason: string): AppError {
  return new AppError(`certificate.${code}` as ErrorCode, `The certificate cannot be used. ${reason}`);
}
