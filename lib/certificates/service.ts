import "server-only";
// The public door of the managed certificates.
import { type Actor, requirePermission } from "../auth/actor.ts";
import { type KeyType, keyTypeOf } from "../crypto/algorithms.ts";
import { toAsciiHostName } from "../crypto/dns-name.ts";
import { createManagedCertificate } from "../crypto/managed-certificate.ts";
import { changeOrganization } from "../db/transaction.ts";
import { AppError, type FieldError } from "../errors.ts";
import { storeCertificateKey } from "../keys/certificate-keys.ts";
import { takeKeyPair } from "../keys/key-pool.ts";
import { daysAfter } from "./certificate.ts";
import { getCertificate } from "./reading.ts";
import { type GenerateCertificateInput, type KeyAlgorithm, MAXIMUM_COMMON_NAME } from "./schema.ts";
import { storeCertificate } from "./storing.ts";
import type { CertificateView } from "./view.ts";
import { withinWorkload } from "./workload.ts";

export { deleteCertificate } from "./deletion.ts";
export { countExpiring, getCertificate, getCertificateFile, listCertificates } from "./reading.ts";
export { renewCertificate } from "./renewal.ts";
export { previewUpload, uploadCertificate } from "./upload.ts";

const KEY_TYPES: Record<KeyAlgorithm, [string, number?]> = {
  rsa2048: ["RS256", 2048],
  rsa3072: ["RS256", 3072],
  rsa4096: ["RS256", 4096],
  "ecdsa-p256": ["ES256"],
  "ecdsa-p384": ["ES384"],
};

/**
 * Makes a key pair and a self-signed certificate over it. RSA of 4096 bits takes seconds, on another process.
 * @throws auth.forbidden request.invalid request.too_many
 */
export async function generateCertificate(
  actor: Actor,
  input: GenerateCertificateInput,
  now: Date = new Date(),
): Promise<CertificateView> {
  requirePermission(actor, "certificates.manage");
  const { organizationId } = actor;
  const subject = toSubject(input);
  const type = toKeyType(input.key_algorithm);
  const id = crypto.randomUUID();
  const material = await withinWorkload(actor, "generate", () => takeKeyPair(type));
  try {
    const validUntil = daysAfter(now, input.validity_days);
    const { facts, publicJwk } = await createManagedCertificate({ ...subject, validUntil }, { material, type }, now);
    await changeOrganization(organizationId, async (transaction) => {
      const keyPairId = await storeCertificateKey(organizationId, { material, type, publicJwk }, now, transaction);
      const certificate = { id, name: input.name, source: "generated", keyPairId, facts, renewedFromId: null } as const;
      await storeCertificate(actor, certificate, { action: "certificate.generated" }, now, transaction);
    });
  } finally {
    material.privateKeyDer.fill(0);
  }
  return getCertificate(actor, id, now);
}

function toKeyType(algorithm: KeyAlgorithm): KeyType {
  const [name, rsaBits] = KEY_TYPES[algorithm];
  return keyTypeOf(name, rsaBits);
}

/** The common name is the name unless given; every alternative name must be a host name. @throws request.invalid */
function toSubject(input: GenerateCertificateInput): { commonName: string; dnsNames: string[] } {
  const { name, common_name: given = "", subject_alt_names: altNames } = input;
  const errors: FieldError[] = [];
  const commonName = given === "" ? name : given;
  if ([...commonName.normalize("NFC")].length > MAXIMUM_COMMON_NAME) {
    const message = `A common name has at most ${MAXIMUM_COMMON_NAME} characters, and the name is longer; give a shorter one here.`;
    errors.push({ field: "common_name", code: "too_big", message });
  }
  const dnsNames = altNames.map((text) => ({ text, ascii: toAsciiHostName(text) }));
  for (const { text, ascii } of dnsNames) {
    if (ascii !== null) continue;
    const message = `${JSON.stringify(text.slice(0, 100))} is not a DNS name.`;
    errors.push({ field: "subject_alt_names", code: "invalid_dns_name", message });
  }
  if (errors.length > 0) {
    throw new AppError("request.invalid", `The input was refused. ${errors[0]?.message}`, { errors });
  }
  return { commonName, dnsNames: [...new Set(dnsNames.map(({ ascii }) => ascii ?? ""))] };
}
