// Puts the certificates of an upload in order: the one over the key first, then issuer after issuer; strangers are refused.
import { X509Certificate } from "node:crypto";
import { AppError } from "../errors.ts";
import { EXTENSION } from "./certificate-extensions.ts";
import { type CertificateParts, readCertificateParts } from "./certificate-reader.ts";

/** One certificate, read twice: strictly by Signet and by OpenSSL. */
export type ReadCertificate = { der: Buffer; x509: X509Certificate; parts: CertificateParts };

/** At most this many certificates in one upload, the leaf included. */
export const MAXIMUM_CHAIN_LENGTH = 10;

/**
 * Reads certificates in DER; one that is given twice counts once.
 * @throws certificate.pem_invalid certificate.chain_too_long
 */
export function readCertificates(ders: readonly Buffer[]): ReadCertificate[] {
  const distinct = [...new Map(ders.map((der) => [der.toString("latin1"), der])).values()];
  if (distinct.length > MAXIMUM_CHAIN_LENGTH) {
    throw new AppError(
      "certificate.chain_too_long",
      `There are ${distinct.length} certificates; at most ${MAXIMUM_CHAIN_LENGTH} can be uploaded together.`,
    );
  }
  return distinct.map(readOne);
}

/**
 * The chain above a leaf, nearest issuer first. With several ways up (cross-signed issuers) all are kept.
 * @throws certificate.chain_unrelated when a certificate leads nowhere from the leaf, or they issue each other in a circle
 */
export function sortChain(leaf: ReadCertificate, others: readonly ReadCertificate[]): ReadCertificate[] {
  const sorted = [leaf];
  const left = new Set(others);
  for (let index = 0; index < sorted.length; index += 1) {
    const current = sorted[index];
    const issuers = current === undefined ? [] : [...left].filter((candidate) => hasIssued(candidate, current));
    for (const issuer of issuers) left.delete(issuer);
    sorted.push(...issuers);
  }
  const [stranger] = left;
  if (stranger !== undefined) {
    throw new AppError(
      "certificate.chain_unrelated",
      `The certificate of ${stranger.parts.subject.text.slice(0, 200) || "(no subject)"} does not belong to the chain. ` +
        "Upload the leaf and the certificates of its issuers only.",
    );
  }
  refuseCircle(sorted);
  return sorted.slice(1);
}

/** True when a certificate is signed by its own key. */
export function isSelfSigned(certificate: ReadCertificate): boolean {
  return hasIssued(certificate, certificate);
}

/**
 * Refuses a leaf that says it has signed itself and has not: it was changed afterwards.
 * @throws certificate.signature_invalid
 */
export function refuseForgedSelfSignature(leaf: ReadCertificate, chain: readonly ReadCertificate[]): void {
  const { issuer, subject, extensions } = leaf.parts;
  if (!issuer.raw.equals(subject.raw) || chain.length > 0 || isSelfSigned(leaf)) return;
  // An authority that changes its key issues certificates in its own name, which then point to the other key.
  if (extensions.some(({ oid }) => oid === EXTENSION.AUTHORITY_KEY_IDENTIFIER) && !leaf.x509.checkIssued(leaf.x509))
    return;
  throw new AppError(
    "certificate.signature_invalid",
    "The certificate is self-signed, but its signature does not fit: it was changed after it was made.",
  );
}

function readOne(der: Buffer): ReadCertificate {
  const parts = readCertificateParts(der);
  try {
    const x509 = new X509Certificate(der);
    if (x509.raw.equals(der)) return { der, x509, parts };
  } catch (error) {
    throw new AppError("certificate.pem_invalid", "The certificate is damaged.", { cause: error });
  }
  throw new AppError("certificate.pem_invalid", "The certificate is damaged.");
}

function hasIssued(issuer: ReadCertificate, certificate: ReadCertificate): boolean {
  try {
    const isNamed =
      issuer.parts.subject.raw.equals(certificate.parts.issuer.raw) || certificate.x509.checkIssued(issuer.x509);
    return isNamed && certificate.x509.verify(issuer.x509.publicKey);
  } catch {
    // A key or a signature that OpenSSL does not know has issued nothing that anybody can check.
    return false;
  }
}

/** Goes up from the leaf until nobody is above; whoever issues a certificate that is its own ancestor makes a circle. */
function refuseCircle(sorted: readonly ReadCertificate[]): void {
  // Two roots of one name and one key have issued each other as much as themselves, and stand above nobody.
  const isAbove = (one: ReadCertificate, other: ReadCertificate): boolean =>
    one !== other && !isSelfSigned(other) && hasIssued(one, other);
  const left = new Set(sorted);
  for (;;) {
    const top = [...left].find((one) => ![...left].some((other) => isAbove(other, one)));
    if (top === undefined) break;
    left.delete(top);
  }
  if (left.size === 0) return;
  throw new AppError(
    "certificate.chain_unrelated",
    "The certificates of the chain have issued each other in a circle.",
  );
}
