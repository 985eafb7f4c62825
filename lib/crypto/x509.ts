// Makes and reads X.509 certificates; every choice of their content is a named parameter or stands here.
import { randomBytes, webcrypto, X509Certificate } from "node:crypto";
import { AppError } from "../errors.ts";
import type { Algorithm } from "./algorithms.ts";
import type { KeyPairMaterial } from "./key-pair.ts";

const SUBJECT_ALT_NAME = "2.5.29.17";
const SERIAL_BYTES = 16;
const BACKDATED_MILLISECONDS = 5 * 60 * 1000;
/** X.520: ub-common-name, counted in code points. */
const MAXIMUM_COMMON_NAME_CHARACTERS = 64;

/** Whom a certificate names: in words (cut to 64 characters, as X.520 wants; DNS names in ASCII), or in the DER of an older one. */
export type CertificateSubject =
  | { commonName: string; dnsNames?: readonly string[] }
  | { subjectDer: Buffer; subjectAltNamesDer: Buffer | null };

/** What a self-signed certificate says. */
export type SelfSignedCertificate = CertificateSubject & { validUntil: Date };

/** What a certificate says, read back from its bytes. Fingerprints are upper-case hex with colons. */
export type StoredCertificateFacts = { fingerprintSha256: string; notBefore: Date; notAfter: Date };

/**
 * Makes a certificate over a key, signed by the same key, for signatures only. PEM.
 * It is valid from five minutes ago, so that a verifier whose clock is slow takes it at once.
 * @see RFC 5280 section 4.1
 */
export async function createSelfSignedCertificate(
  certificate: SelfSignedCertificate,
  keys: { material: KeyPairMaterial; algorithm: Algorithm },
  now: Date,
): Promise<string> {
  const x509 = await loadX509();
  const pair = await importForWebCrypto(keys.material, keys.algorithm);
  const made = await x509.X509CertificateGenerator.createSelfSigned(
    {
      serialNumber: randomSerial(),
      name: toName(x509, certificate),
      notBefore: certificateStart(now),
      notAfter: wholeSeconds(certificate.validUntil.getTime()),
      keys: pair,
      signingAlgorithm: { name: pair.privateKey.algorithm.name, hash: keys.algorithm.webHash },
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        await x509.SubjectKeyIdentifierExtension.create(pair.publicKey, false, webcrypto as Crypto),
        ...toAltNames(x509, certificate),
      ],
    },
    webcrypto as Crypto,
  );
  const pem = made.toString("pem").trim();
  const read = new X509Certificate(pem);
  if (!read.verify(read.publicKey)) {
    throw new AppError("internal.unexpected", "The new certificate does not verify against its own key.");
  }
  return `${pem}\n`;
}

/** From when on a certificate that is made now is valid. */
export function certificateStart(now: Date): Date {
  return wholeSeconds(now.getTime() - BACKDATED_MILLISECONDS);
}

/** Reads a certificate in PEM that was made or checked here before. */
export function readCertificate(pem: string): StoredCertificateFacts {
  const certificate = new X509Certificate(pem);
  return {
    fingerprintSha256: certificate.fingerprint256,
    notBefore: new Date(certificate.validFrom),
    notAfter: new Date(certificate.validTo),
  };
}

type X509 = typeof import("@peculiar/x509");

let loaded: X509 | null = null;

/** Loaded when the first certificate is made: it takes a tenth of a second, and no start needs it. */
async function loadX509(): Promise<X509> {
  if (loaded === null) {
    await import("reflect-metadata");
    loaded = await import("@peculiar/x509");
  }
  return loaded;
}

function toName(x509: X509, subject: CertificateSubject): InstanceType<X509["Name"]> {
  if ("subjectDer" in subject) return new x509.Name(new Uint8Array(subject.subjectDer));
  return new x509.Name([{ CN: [{ utf8String: toCommonName(subject.commonName) }] }]);
}

function toAltNames(x509: X509, subject: CertificateSubject): InstanceType<X509["Extension"]>[] {
  if ("subjectDer" in subject) {
    const { subjectAltNamesDer: der } = subject;
    return der === null ? [] : [new x509.Extension(SUBJECT_ALT_NAME, false, new Uint8Array(der))];
  }
  const { dnsNames = [] } = subject;
  if (dnsNames.length === 0) return [];
  return [new x509.SubjectAlternativeNameExtension(dnsNames.map((value) => ({ type: "dns" as const, value })))];
}

async function importForWebCrypto(material: KeyPairMaterial, algorithm: Algorithm): Promise<CryptoKeyPair> {
  const parameters =
    algorithm.family === "RSA"
      ? { name: "RSASSA-PKCS1-v1_5", hash: algorithm.webHash }
      : { name: "ECDSA", namedCurve: algorithm.curve };
  const [privateKey, publicKey] = await Promise.all([
    webcrypto.subtle.importKey("pkcs8", material.privateKeyDer, parameters, false, ["sign"]),
    webcrypto.subtle.importKey("spki", material.publicKeyDer, parameters, true, ["verify"]),
  ]);
  return { privateKey, publicKey } as CryptoKeyPair;
}

/** A positive serial of 16 random octets in hex; the first is never 0, so that its DER has one form only. @see RFC 5280 section 4.1.2.2 */
export function randomSerial(): string {
  const serial = randomBytes(SERIAL_BYTES);
  serial[0] = (serial[0] ?? 0) & 0x7f || 1;
  return serial.toString("hex");
}

function toCommonName(name: string): string {
  const characters = [
    ...name
      .normalize("NFC")
      .replace(/\p{Cc}|\p{Cs}/gu, " ")
      .trim(),
  ];
  const commonName = characters.slice(0, MAXIMUM_COMMON_NAME_CHARACTERS).join("").trim();
  if (commonName === "") throw new AppError("internal.unexpected", "A certificate needs a common name.");
  return commonName;
}

function wholeSeconds(milliseconds: number): Date {
  return new Date(Math.floor(milliseconds / 1000) * 1000);
}
