// Reads an X.509 certificate from its DER into typed parts, strictly; judging them is certificate-lint.ts's business.
import { AppError } from "../errors.ts";
import { contextTag, DER, type DerElement, notDer, readElements, readOid, readOnly } from "./der.ts";
import { type DistinguishedName, readDistinguishedName } from "./distinguished-name.ts";

/** One extension; `value` is the DER inside its octet string. */
export type CertificateExtension = { oid: string; isCritical: boolean; value: Buffer };

/** An algorithm identifier: its OID and the DER of its parameters, or null. */
export type AlgorithmIdentifier = { oid: string; parameters: Buffer | null; raw: Buffer };

/** The parts of a certificate. @see RFC 5280 section 4.1 */
export type CertificateParts = {
  /** 1, 2 or 3. */
  version: number;
  /** The content of the INTEGER, as it stands. */
  serial: Buffer;
  innerSignature: AlgorithmIdentifier;
  outerSignature: AlgorithmIdentifier;
  issuer: DistinguishedName & { raw: Buffer };
  subject: DistinguishedName & { raw: Buffer };
  notBefore: Date;
  notAfter: Date;
  /** The SubjectPublicKeyInfo. */
  publicKeyDer: Buffer;
  extensions: CertificateExtension[];
};

const UTC_TIME = /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/;
const GENERALIZED_TIME = /^(\d\d\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/;
/** RFC 5280: two digits mean 1950 to 2049. */
const UTC_PIVOT = 50;
/** Storage keeps no earlier year, and no key is older. */
const EARLIEST_YEAR = 1900;

/**
 * Reads the DER of a certificate.
 * @throws certificate.pem_invalid
 */
export function readCertificateParts(der: Buffer): CertificateParts {
  const [body, algorithm, signature, ...surplus] = readElements(readOnly(der, DER.SEQUENCE).content);
  if (body?.tag !== DER.SEQUENCE || signature?.tag !== DER.BIT_STRING || surplus.length > 0) throw notDer();
  const fields = readElements(body.content);
  const version = fields[0]?.tag === contextTag(0) ? readVersion(fields.shift()) : 1;
  const [serial, innerSignature, issuer, validity, subject, publicKey, ...optional] = fields;
  if (serial?.tag !== DER.INTEGER || serial.content.length === 0) throw notDer();
  const [notBefore, notAfter] = readElements(requireSequence(validity).content);
  return {
    version,
    serial: serial.content,
    innerSignature: readAlgorithmIdentifier(innerSignature),
    outerSignature: readAlgorithmIdentifier(algorithm),
    issuer: readName(issuer),
    subject: readName(subject),
    notBefore: readTime(notBefore),
    notAfter: readTime(notAfter),
    publicKeyDer: requireSequence(publicKey).raw,
    extensions: readExtensions(optional),
  };
}

/** Reads an algorithm identifier. @throws certificate.pem_invalid @see RFC 5280 section 4.1.1.2 */
export function readAlgorithmIdentifier(element: DerElement | undefined): AlgorithmIdentifier {
  const { content, raw } = requireSequence(element);
  const [type, parameters, ...surplus] = readElements(content);
  if (type?.tag !== DER.OID || surplus.length > 0) throw notDer();
  return { oid: readOid(type.content), parameters: parameters?.raw ?? null, raw };
}

/** The serial as upper-case hex without leading zeros; a negative one with a minus. */
export function serialToHex(serial: Buffer): string {
  const magnitude = BigInt(`0x${serial.toString("hex")}`);
  const isNegative = (serial[0] ?? 0) >= 0x80;
  const value = isNegative ? (1n << BigInt(serial.length * 8)) - magnitude : magnitude;
  const digits = value.toString(16).toUpperCase();
  return `${isNegative ? "-" : ""}${digits.length % 2 === 0 ? digits : `0${digits}`}`;
}

function readVersion(element: DerElement | undefined): number {
  const [version, ...surplus] = readElements(element?.content ?? Buffer.alloc(0));
  const number = version?.content[0] ?? 255;
  if (version?.tag !== DER.INTEGER || version.content.length !== 1 || number > 2 || surplus.length > 0) throw notDer();
  return number + 1;
}

function readName(element: DerElement | undefined): DistinguishedName & { raw: Buffer } {
  const sequence = requireSequence(element);
  return { ...readDistinguishedName(sequence), raw: sequence.raw };
}

function readTime(element: DerElement | undefined): Date {
  const isUtc = element?.tag === DER.UTC_TIME;
  if (element === undefined || (!isUtc && element.tag !== DER.GENERALIZED_TIME)) throw notDer();
  const digits = (isUtc ? UTC_TIME : GENERALIZED_TIME).exec(element.content.toString("latin1"))?.slice(1).map(Number);
  const [written, month = 0, day = 0, hour = 0, minute = 0, second = 0] = digits ?? [];
  if (written === undefined) throw unreadableTime();
  const year = isUtc ? written + (written < UTC_PIVOT ? 2000 : 1900) : written;
  const time = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  const isReal = time.getUTCMonth() === month - 1 && time.getUTCDate() === day && time.getUTCHours() === hour;
  if (!isReal || minute > 59 || second > 59 || year < EARLIEST_YEAR) throw unreadableTime();
  return time;
}

function readExtensions(optional: DerElement[]): CertificateExtension[] {
  const holder = optional.find((element) => element.tag === contextTag(3));
  // Before them may stand the unique identifiers of version 2, which nobody uses.
  if (optional.some((element) => ![contextTag(3), 0x81, 0x82].includes(element.tag))) throw notDer();
  if (holder === undefined) return [];
  return readElements(readOnly(holder.content, DER.SEQUENCE).content).map((extension) => {
    const parts = readElements(requireSequence(extension).content);
    const [oid, second, third] = parts;
    const value = third ?? second;
    const isCritical = third !== undefined && second?.tag === DER.BOOLEAN && second.content[0] !== 0;
    if (oid?.tag !== DER.OID || value?.tag !== DER.OCTET_STRING || parts.length > 3) throw notDer();
    if (third !== undefined && (second?.tag !== DER.BOOLEAN || second.content.length !== 1)) throw notDer();
    return { oid: readOid(oid.content), isCritical, value: value.content };
  });
}

function requireSequence(element: DerElement | undefined): DerElement {
  if (element?.tag !== DER.SEQUENCE) throw notDer();
  return element;
}

function unreadableTime(): AppError {
  return new AppError("certificate.pem_invalid", "The validity of the certificate holds no time that RFC 5280 allows.");
}
