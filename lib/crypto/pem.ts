// Splits pasted text into its PEM blocks in one pass: any line ends, stray spaces, text and attributes around the blocks.
import { AppError } from "../errors.ts";

/** One block. `headers` are those of RFC 1421, as legacy encrypted keys have them. */
export type PemBlock = { label: string; headers: string[]; der: Buffer };

const BEGIN = "-----BEGIN ";
const END = "-----END ";
const DASHES = "-----";
const LINE_CHARACTERS = 64;
const LABEL = /^[A-Z0-9][A-Z0-9 ]{1,39}$/;

/**
 * All blocks of a text in order; text between them is skipped.
 * @throws certificate.pem_invalid when a block does not end, or its body is not base64
 */
export function splitPem(text: string): PemBlock[] {
  const blocks: PemBlock[] = [];
  let open: { label: string; lines: string[] } | null = null;
  for (const line of linesOf(text)) {
    const begun = labelOf(line, BEGIN);
    const ended = labelOf(line, END);
    if (begun !== null) {
      if (open !== null) throw invalid(`The block "${open.label}" has no END line.`);
      open = { label: begun, lines: [] };
    } else if (ended !== null && open !== null) {
      if (ended !== open.label) throw invalid(`The block "${open.label}" ends as "${ended}".`);
      blocks.push(toBlock(open.label, open.lines));
      open = null;
    } else {
      open?.lines.push(line);
    }
  }
  if (open !== null) throw invalid(`The block "${open.label}" has no END line.`);
  return blocks;
}

/** A block in its plain form, with a line end after it. @see RFC 7468 section 2 */
export function toPem(label: string, der: Uint8Array, headers: readonly string[] = []): string {
  const body = Buffer.from(der).toString("base64");
  const lines = [`${BEGIN}${label}${DASHES}`, ...headers, ...(headers.length > 0 ? [""] : [])];
  for (let start = 0; start < body.length; start += LINE_CHARACTERS)
    lines.push(body.slice(start, start + LINE_CHARACTERS));
  return [...lines, `${END}${label}${DASHES}`, ""].join("\n");
}

function linesOf(text: string): string[] {
  return text
    .replaceAll("\r\n", "\n")
    .replaceAll("\r", "\n")
    .split("\n")
    .map((line) => line.trim());
}

/** A label has capitals, digits and spaces only, so that it can be repeated in a message: it is never a part of a key. */
function labelOf(line: string, start: string): string | null {
  if (!line.startsWith(start) || !line.endsWith(DASHES)) return null;
  const label = line.slice(start.length, -DASHES.length);
  return LABEL.test(label) ? label : null;
}

function toBlock(label: string, lines: string[]): PemBlock {
  const blank = lines.indexOf("");
  const hasHeaders = lines[0]?.includes(":") === true && blank > 0;
  const headers = hasHeaders ? lines.slice(0, blank) : [];
  const body = lines.slice(hasHeaders ? blank : 0).join("");
  return { label, headers, der: decode(label, body) };
}

function decode(label: string, body: string): Buffer {
  const characters = body.replaceAll(" ", "").replaceAll("\t", "");
  const der = Buffer.from(characters, "base64");
  // Node skips what is not base64, so the length tells whether it skipped anything.
  const padding = characters.endsWith("==") ? 2 : characters.endsWith("=") ? 1 : 0;
  const isWhole = characters.length % 4 === 0 && der.length === (characters.length / 4) * 3 - padding;
  if (!isWhole || characters.includes("-") || characters.includes("_")) {
    throw invalid(`The body of the block "${label}" is not base64.`);
  }
  if (der.length === 0) throw invalid(`The block "${label}" is empty.`);
  return der;
}

function invalid(message: string): AppError {
  return new AppError("certificate.pem_invalid", message);
}
