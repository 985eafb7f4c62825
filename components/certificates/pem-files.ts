// Sorts PEM text that was pasted or dropped into private key and certificates, block by block; the server alone reads what is inside.

/** The blocks of a text by kind; an empty string where there is none. */
export type SortedPem = { privateKey: string; certificates: string };

// Goes line by line: a pattern over a whole hostile file could take forever.
function readBlocks(text: string): { label: string; block: string }[] {
  const blocks: { label: string; block: string }[] = [];
  let open: { label: string; lines: string[] } | null = null;
  for (const line of text.split(/\r\n|\r|\n/)) {
    const trimmed = line.trim();
    if (trimmed.startsWith("-----BEGIN ")) open = { label: trimmed.slice(11), lines: [] };
    open?.lines.push(trimmed);
    if (open !== null && trimmed.startsWith("-----END ")) {
      blocks.push({ label: open.label, block: `${open.lines.join("\n")}\n` });
      open = null;
    }
  }
  return blocks;
}

/** Tells private keys from certificates; what is neither goes with the key, as the EC PARAMETERS of openssl do. */
export function sortPem(text: string): SortedPem {
  const sorted = { privateKey: "", certificates: "" };
  for (const { label, block } of readBlocks(text)) {
    if (label.includes("CERTIFICATE")) sorted.certificates += block;
    else sorted.privateKey += block;
  }
  return sorted;
}

/** True when one text holds a private key and a certificate. */
export function holdsBoth(text: string): boolean {
  const { privateKey, certificates } = sortPem(text);
  return privateKey.includes("PRIVATE KEY-----") && certificates !== "";
}

/** Adds certificates under those that stand there already; the same text twice stays one. */
export function appendCertificates(before: string, added: string): string {
  if (before.trim() === "") return added;
  if (before.includes(added.trim())) return before;
  return `${before.trimEnd()}\n${added}`;
}

/** What came of reading a file: its text, or why it cannot be a PEM file. */
export type ReadFile = { text: string } | { problem: string };

const largestBytes = 256 * 1024;

/** Reads a file as text; a binary one is refused with what to do about it. */
export async function readPemFile(file: File): Promise<ReadFile> {
  if (file.size > largestBytes) return { problem: `${file.name} is larger than 256 kB, too large for a PEM file.` };
  const text = await file.text();
  if (!text.includes("\0") && !text.includes("\uFFFD")) return { text };
  const isContainer = /\.(?:p12|pfx)$/i.test(file.name);
  const command = isContainer ? `openssl pkcs12 -in ${file.name}` : `openssl x509 -inform DER -in ${file.name}`;
  return { problem: `${file.name} is not PEM text. Convert it first: ${command} -out converted.pem` };
}
