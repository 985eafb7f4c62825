// Reads DER step by step: definite minimal lengths only, never past the end, never by recursion.
import { AppError } from "../errors.ts";

/** One element: its tag byte, where its content lies, and its bytes as a whole. */
export type DerElement = { tag: number; content: Buffer; raw: Buffer };

/** Tag bytes of the universal and context types that keys and certificates use. */
export const DER = {
  BOOLEAN: 0x01,
  INTEGER: 0x02,
  BIT_STRING: 0x03,
  OCTET_STRING: 0x04,
  NULL: 0x05,
  OID: 0x06,
  UTF8_STRING: 0x0c,
  SEQUENCE: 0x30,
  SET: 0x31,
  UTC_TIME: 0x17,
  GENERALIZED_TIME: 0x18,
} as const;

const MAXIMUM_LENGTH_OCTETS = 3;

/** The tag byte of a context-specific constructed element. */
export function contextTag(number: number): number {
  return 0xa0 | number;
}

/**
 * The elements that stand one after the other in `bytes`.
 * @throws certificate.pem_invalid when the bytes are anything but whole elements
 */
export function readElements(bytes: Buffer): DerElement[] {
  const elements: DerElement[] = [];
  for (let offset = 0; offset < bytes.length; ) {
    const element = readElement(bytes, offset);
    elements.push(element);
    offset += element.raw.length;
  }
  return elements;
}

/** The one element that `bytes` are. @throws certificate.pem_invalid */
export function readOnly(bytes: Buffer, tag: number): DerElement {
  const element = readElement(bytes, 0);
  if (element.tag !== tag || element.raw.length !== bytes.length) throw notDer();
  return element;
}

/** Dotted text of an object identifier's content. @throws certificate.pem_invalid */
export function readOid(content: Buffer): string {
  const arcs: bigint[] = [];
  let arc = 0n;
  let isOpen = false;
  for (const octet of content) {
    if (!isOpen && octet === 0x80) throw notDer();
    arc = (arc << 7n) | BigInt(octet & 0x7f);
    isOpen = octet >= 0x80;
    if (arc >= 1n << 128n) throw notDer();
    if (!isOpen) {
      arcs.push(arc);
      arc = 0n;
    }
  }
  const [first] = arcs;
  if (isOpen || first === undefined) throw notDer();
  const root = first < 80n ? first / 40n : 2n;
  return [root, first - root * 40n, ...arcs.slice(1)].join(".");
}

/** An unsigned number of at most 6 octets; larger or negative ones give infinity. */
export function readSmallInteger(content: Buffer): number {
  if (content.length === 0) throw notDer();
  if ((content[0] ?? 0) >= 0x80) return Number.POSITIVE_INFINITY;
  const octets = content[0] === 0 ? content.subarray(1) : content;
  if (octets.length > 6) return Number.POSITIVE_INFINITY;
  return octets.length === 0 ? 0 : octets.readUIntBE(0, octets.length);
}

function readElement(bytes: Buffer, offset: number): DerElement {
  const tag = bytes[offset];
  const first = bytes[offset + 1];
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f) throw notDer();
  let start = offset + 2;
  let length = first;
  if (first >= 0x80) {
    const octets = first & 0x7f;
    if (octets === 0 || octets > MAXIMUM_LENGTH_OCTETS || start + octets > bytes.length) throw notDer();
    length = bytes.readUIntBE(start, octets);
    start += octets;
    if (length < 0x80 || length < 256 ** (octets - 1)) throw notDer();
  }
  const end = start + length;
  if (end > bytes.length) throw notDer();
  return { tag, content: bytes.subarray(start, end), raw: bytes.subarray(offset, end) };
}

/** The error of everything that is not DER. */
export function notDer(): AppError {
  return new AppError("certificate.pem_invalid", "The content is not valid DER.");
}
