// Reads the extensions of a certificate that Signet shows or judges: alternative names, usages, basic constraints.
import { isIP } from "node:net";
import { AppError, isAppError } from "../errors.ts";
import type { CertificateExtension } from "./certificate-reader.ts";
import { contextTag, DER, type DerElement, readElements, readOid, readOnly, readSmallInteger } from "./der.ts";
import { readDistinguishedName, toPrintable } from "./distinguished-name.ts";

/** The OIDs of the extensions below. @see RFC 5280 section 4.2 */
export const EXTENSION = {
  SUBJECT_KEY_IDENTIFIER: "2.5.29.14",
  KEY_USAGE: "2.5.29.15",
  SUBJECT_ALT_NAME: "2.5.29.17",
  BASIC_CONSTRAINTS: "2.5.29.19",
  AUTHORITY_KEY_IDENTIFIER: "2.5.29.35",
  EXTENDED_KEY_USAGE: "2.5.29.37",
} as const;

/** What Signet understands of the extensions; `keyUsage` is null when nothing restricts the key. */
export type CertificateExtensions = {
  subjectAltNames: string[];
  /** False when they cannot be read, or a DNS name is no host name. */
  areAltNamesSound: boolean;
  keyUsage: string[] | null;
  extendedKeyUsage: string[] | null;
  isAuthority: boolean;
};

const KEY_USAGES = [
  "digitalSignature",
  "nonRepudiation",
  "keyEncipherment",
  "dataEncipherment",
  "keyAgreement",
  "keyCertSign",
  "cRLSign",
  "encipherOnly",
  "decipherOnly",
] as const;
const LABEL = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/i;
const MAXIMUM_DNS_NAME = 253;

/**
 * Reads them.
 * @throws certificate.extension_invalid when one of them is not what RFC 5280 makes of it
 */
export function readCertificateExtensions(extensions: readonly CertificateExtension[]): CertificateExtensions {
  const partOf = (oid: string): Buffer | undefined => extensions.find((extension) => extension.oid === oid)?.value;
  const names = readAltNamesLeniently(partOf(EXTENSION.SUBJECT_ALT_NAME));
  return {
    subjectAltNames: (names ?? []).map(({ text }) => text),
    areAltNamesSound: names?.every(({ isSound }) => isSound) ?? false,
    keyUsage: readPart("key usage", partOf(EXTENSION.KEY_USAGE), readKeyUsage),
    extendedKeyUsage: readPart("extended key usage", partOf(EXTENSION.EXTENDED_KEY_USAGE), readExtendedKeyUsage),
    isAuthority: readPart("basic constraints", partOf(EXTENSION.BASIC_CONSTRAINTS), readIsAuthority) ?? false,
  };
}

/** True for a host name as certificates hold it: ASCII, at most 253 characters, perhaps with a leading `*.`. */
export function isHostName(name: string): boolean {
  const labels = name.replace(/^\*\./, "").split(".");
  return name.length <= MAXIMUM_DNS_NAME && labels.every((label) => LABEL.test(label));
}

function readPart<Part>(title: string, value: Buffer | undefined, read: (value: Buffer) => Part): Part | null {
  if (value === undefined) return null;
  try {
    return read(value);
  } catch (error) {
    throw new AppError("certificate.extension_invalid", `The extension for ${title} cannot be read.`, { cause: error });
  }
}

function readKeyUsage(value: Buffer): string[] {
  const [unused = 0, ...octets] = readOnly(value, DER.BIT_STRING).content;
  if (octets.length > 2 || unused > 7) throw new RangeError("too many bits");
  return KEY_USAGES.filter((_usage, bit) => ((octets[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0);
}

function readExtendedKeyUsage(value: Buffer): string[] {
  const purposes = readElements(readOnly(value, DER.SEQUENCE).content);
  if (purposes.length === 0) throw new RangeError("no purpose");
  return purposes.map(({ content }) => readOid(content));
}

function readIsAuthority(value: Buffer): boolean {
  const [first, second, ...surplus] = readElements(readOnly(value, DER.SEQUENCE).content);
  if (surplus.length > 0) throw new RangeError("too many members");
  const isBoolean = first?.tag === DER.BOOLEAN;
  const pathLength = isBoolean ? second : first;
  if (pathLength !== undefined && pathLength.tag !== DER.INTEGER) throw new RangeError("no path length");
  if (pathLength !== undefined) readSmallInteger(pathLength.content);
  return isBoolean && first.content[0] !== 0;
}

/** Nobody checks the names of a certificate that signs, so broken ones are no reason to refuse it; null when they are. */
function readAltNamesLeniently(value: Buffer | undefined): { text: string; isSound: boolean }[] | null {
  try {
    return value === undefined ? [] : readAltNames(value);
  } catch (error) {
    if (isAppError(error)) return null;
    throw error;
  }
}

function readAltNames(value: Buffer): { text: string; isSound: boolean }[] {
  return readElements(readOnly(value, DER.SEQUENCE).content).map((name) => {
    const text = toText(name);
    const isDns = name.tag === 0x82;
    return { text, isSound: !isDns || isHostName(name.content.toString("latin1")) };
  });
}

/** One general name. @see RFC 5280 section 4.2.1.6 */
function toText({ tag, content }: DerElement): string {
  switch (tag) {
    case 0x81:
      return `EMAIL:${toPrintable(content.toString("utf8"))}`;
    case 0x82:
      return `DNS:${toPrintable(content.toString("utf8"))}`;
    case 0x86:
      return `URI:${toPrintable(content.toString("utf8"))}`;
    case 0x87:
      return `IP:${toAddress(content)}`;
    case 0x88:
      return `RID:${readOid(content)}`;
    case contextTag(4):
      return `DIRNAME:${readDistinguishedName(readOnly(content, DER.SEQUENCE)).text}`;
    case contextTag(0):
      return `OTHER:${readOid(readElements(content)[0]?.content ?? Buffer.alloc(0))}`;
    default:
      return `OTHER:#${content.toString("hex")}`;
  }
}

function toAddress(octets: Buffer): string {
  if (octets.length === 4) return octets.join(".");
  const groups = octets.toString("hex").match(/.{4}/g) ?? [];
  const text = groups.map((group) => Number.parseInt(group, 16).toString(16)).join(":");
  return octets.length === 16 && isIP(text) === 6 ? text : `#${octets.toString("hex")}`;
}
