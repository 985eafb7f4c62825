// Shows the text in certificates: distinguished names as RFC 4514 writes them, with everything escaped that would not print.
import { DER, type DerElement, readElements, readOid } from "./der.ts";

/** A name as text, and its last common name, or an empty text. */
export type DistinguishedName = { text: string; commonName: string };

const KEYWORDS: Readonly<Record<string, string>> = {
  "2.5.4.3": "CN",
  "2.5.4.4": "SN",
  "2.5.4.5": "serialNumber",
  "2.5.4.6": "C",
  "2.5.4.7": "L",
  "2.5.4.8": "ST",
  "2.5.4.9": "street",
  "2.5.4.10": "O",
  "2.5.4.11": "OU",
  "2.5.4.12": "title",
  "2.5.4.42": "GN",
  "2.5.4.97": "organizationIdentifier",
  "0.9.2342.19200300.100.1.1": "UID",
  "0.9.2342.19200300.100.1.25": "DC",
  "1.2.840.113549.1.9.1": "emailAddress",
};
const COMMON_NAME = "2.5.4.3";
const SPECIAL = new Set([...'"+,;<>\\']);
/** Controls, format characters that reorder or hide text, noncharacters, and line separators. */
const INVISIBLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF\uFFFE\uFFFF]/u;

/**
 * Reads the DER of a name.
 * @throws certificate.pem_invalid when it is no name
 * @see RFC 4514 section 2
 */
export function readDistinguishedName(element: DerElement): DistinguishedName {
  let commonName = "";
  const parts = readElements(element.content).map((relative) =>
    readElements(relative.content)
      .map((attribute) => {
        const [type, value] = readElements(attribute.content);
        if (type?.tag !== DER.OID || value === undefined) return `#${attribute.raw.toString("hex")}`;
        const oid = readOid(type.content);
        const text = decodeText(value);
        if (oid === COMMON_NAME && text !== null) commonName = toPrintable(text);
        const shown = text === null ? `#${value.raw.toString("hex")}` : escapeValue(text);
        return `${KEYWORDS[oid] ?? oid}=${shown}`;
      })
      .join("+"),
  );
  return { text: parts.reverse().join(","), commonName };
}

/** Text with what does not print as `\` and the hex of its UTF-8 octets. */
export function toPrintable(text: string): string {
  return [...text].map((character) => (INVISIBLE.test(character) ? toHexPairs(character) : character)).join("");
}

function escapeValue(text: string): string {
  const characters = [...text];
  return characters
    .map((character, index) => {
      if (INVISIBLE.test(character)) return toHexPairs(character);
      const isEdge = index === 0 ? " #".includes(character) : index === characters.length - 1 && character === " ";
      return SPECIAL.has(character) || isEdge ? `\\${character}` : character;
    })
    .join("");
}

function toHexPairs(character: string): string {
  return [...Buffer.from(character.toWellFormed())]
    .map((octet) => `\\${octet.toString(16).toUpperCase().padStart(2, "0")}`)
    .join("");
}

/** The text of a string type, or null when it is no text at all. */
function decodeText({ tag, content }: DerElement): string | null {
  switch (tag) {
    case DER.UTF8_STRING:
      return decodeUtf8(content);
    case 0x1e:
      return content.length % 2 === 0 ? Buffer.from(content).swap16().toString("utf16le").toWellFormed() : null;
    case 0x12:
    case 0x13:
    case 0x14:
    case 0x16:
    case 0x1a:
      return content.toString("latin1");
    default:
      return null;
  }
}

function decodeUtf8(content: Buffer): string | null {
  const text = content.toString("utf8");
  return Buffer.from(text).equals(content) ? text : null;
}
