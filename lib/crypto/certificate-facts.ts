// What a certificate says, in the words that pages and the API show.
import type { KeyType, SigningAlgorithm } from "./algorithms.ts";
import type { ReadCertificate } from "./certificate-chain.ts";
import { readCertificateExtensions } from "./certificate-extensions.ts";
import { findWarnings, type LintWarning } from "./certificate-lint.ts";
import { serialToHex } from "./certificate-reader.ts";
import { jwkThumbprint, type PublicJwk } from "./jwk.ts";
import { toPem } from "./pem.ts";

/** A certificate over a key of ours; hex in upper case, fingerprints with colons. */
export type CertificateFacts = {
  kid: string;
  signingAlgorithm: SigningAlgorithm;
  /** rsa2048, ecdsa-p256, … */
  algorithm: string;
  commonName: string;
  /** RFC 4514 text. */
  subject: string;
  /** RFC 4514 text. */
  issuer: string;
  serial: string;
  notBefore: Date;
  notAfter: Date;
  fingerprintSha256: string;
  fingerprintSha1: string;
  subjectAltNames: string[];
  keyUsage: string[];
  warnings: LintWarning[];
  /** The leaf, PEM. */
  certificatePem: string;
  /** The rest of the chain, issuer after issuer, PEM; may be empty. */
  chainPem: string;
};

/** A certificate above the leaf. */
export type ChainCertificateFacts = { subject: string; issuer: string; notAfter: Date; fingerprintSha256: string };

/** What a certificate with its chain says. @throws certificate.extension_invalid */
export function toCertificateFacts(
  leaf: ReadCertificate,
  chain: readonly ReadCertificate[],
  key: { publicJwk: PublicJwk; type: KeyType },
): CertificateFacts {
  const { parts, x509, der } = leaf;
  const extensions = readCertificateExtensions(parts.extensions);
  return {
    kid: jwkThumbprint(key.publicJwk),
    signingAlgorithm: key.type.algorithm.name,
    algorithm: keyAlgorithmName(key.type),
    commonName: parts.subject.commonName,
    subject: parts.subject.text,
    issuer: parts.issuer.text,
    serial: serialToHex(parts.serial),
    notBefore: parts.notBefore,
    notAfter: parts.notAfter,
    fingerprintSha256: x509.fingerprint256,
    fingerprintSha1: x509.fingerprint,
    subjectAltNames: extensions.subjectAltNames,
    keyUsage: extensions.keyUsage ?? [],
    warnings: findWarnings(parts, extensions),
    certificatePem: toPem("CERTIFICATE", der),
    chainPem: chain.map((one) => toPem("CERTIFICATE", one.der)).join(""),
  };
}

/** What a certificate of the chain says. */
export function toChainFacts({ parts, x509 }: ReadCertificate): ChainCertificateFacts {
  return {
    subject: parts.subject.text,
    issuer: parts.issuer.text,
    notAfter: parts.notAfter,
    fingerprintSha256: x509.fingerprint256,
  };
}

/** The type of a key as a form calls it. */
export function keyAlgorithmName({ algorithm, rsaBits }: KeyType): string {
  return algorithm.family === "EC" ? `ecdsa-${algorithm.curve.replace("-", "").toLowerCase()}` : `rsa${rsaBits}`;
}
