// Makes the certificate of a managed key pair, and judges it by the same rules as an upload before anybody stores it.
import { AppError } from "../errors.ts";
import type { KeyType } from "./algorithms.ts";
import { type ReadCertificate, readCertificates } from "./certificate-chain.ts";
import { EXTENSION } from "./certificate-extensions.ts";
import { type CertificateFacts, toCertificateFacts } from "./certificate-facts.ts";
import { refuseBrokenCertificate } from "./certificate-lint.ts";
import { type PublicJwk, toPublicJwk } from "./jwk.ts";
import type { KeyPairMaterial } from "./key-pair.ts";
import { splitPem } from "./pem.ts";
import { createSelfSignedCertificate, type SelfSignedCertificate } from "./x509.ts";

/** A certificate that was made, with its public key. */
export type ManagedCertificate = { facts: CertificateFacts; publicJwk: PublicJwk };

/** Makes a self-signed certificate over a pair. @throws internal.unexpected when it would not pass as an upload */
export async function createManagedCertificate(
  certificate: SelfSignedCertificate,
  { material, type }: { material: KeyPairMaterial; type: KeyType },
  now: Date,
): Promise<ManagedCertificate> {
  const pem = await createSelfSignedCertificate(certificate, { material, algorithm: type.algorithm }, now);
  const publicJwk = toPublicJwk(material.publicKeyDer, type.algorithm);
  const facts = lint(pem, { publicJwk, type });
  // The names of an older certificate are taken over as they are, odd ones too.
  if (facts.warnings.length > 0 && "commonName" in certificate) {
    throw unsound(new RangeError(facts.warnings.map(({ code }) => code).join(" ")));
  }
  return { facts, publicJwk };
}

/** Makes the successor of a self-signed certificate: same key, same names, new validity. @throws internal.unexpected */
export async function createSuccessor(
  previousPem: string,
  validUntil: Date,
  key: { material: KeyPairMaterial; type: KeyType },
  now: Date,
): Promise<ManagedCertificate> {
  const { parts } = readOne(previousPem);
  const altNames = parts.extensions.find(({ oid }) => oid === EXTENSION.SUBJECT_ALT_NAME);
  const names = { subjectDer: parts.subject.raw, subjectAltNamesDer: altNames?.value ?? null };
  return createManagedCertificate({ ...names, validUntil }, key, now);
}

function readOne(pem: string): ReadCertificate {
  const [certificate] = readCertificates(splitPem(pem).map(({ der }) => der));
  if (certificate === undefined) throw new RangeError("no certificate");
  return certificate;
}

function lint(pem: string, key: { publicJwk: PublicJwk; type: KeyType }): CertificateFacts {
  try {
    const leaf = readOne(pem);
    refuseBrokenCertificate(leaf.parts);
    return toCertificateFacts(leaf, [], key);
  } catch (error) {
    throw unsound(error);
  }
}

function unsound(cause: unknown): AppError {
  return new AppError("internal.unexpected", "The new certificate does not pass its own checks.", { cause });
}
