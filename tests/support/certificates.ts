// Puts managed certificates straight into the database, so that tests of signing need no room that makes or reads them.
import { randomUUID } from "node:crypto";
import type { SigningAlgorithm } from "#lib/crypto/algorithms.ts";
import { ALGORITHMS } from "#lib/crypto/algorithms.ts";
import { jwkThumbprint, toPublicJwk } from "#lib/crypto/jwk.ts";
import { createSelfSignedCertificate } from "#lib/crypto/x509.ts";
import { changeOrganization } from "#lib/db/transaction.ts";
import { sealPrivateKey } from "#lib/keys/vault.ts";
import { SOUND_KEYS, type TestKeyName, testKeyPair } from "./keys.ts";

/** What a test needs to know of a certificate. */
export type TestCertificate = { id: string; keyPairId: string; kid: string; algorithm: SigningAlgorithm; pem: string };

const YEAR_MILLISECONDS = 365 * 86_400_000;

/** A live certificate over a key of the table; the same key again in an organization shares its key pair, as a renewal does. */
export async function createTestCertificate(
  organizationId: string,
  key: TestKeyName,
  given: { name?: string; notBefore?: Date; notAfter?: Date } = {},
): Promise<TestCertificate> {
  const found = SOUND_KEYS.find(({ name }) => name === key);
  if (found === undefined) throw new Error(`${key} is no sound key`);
  const algorithm = ALGORITHMS[found.algorithm];
  const now = new Date();
  const notAfter = given.notAfter ?? new Date(now.getTime() + YEAR_MILLISECONDS);
  const name = given.name ?? key;
  const validUntil = new Date(Math.ceil(notAfter.getTime() / 1000) * 1000);
  const material = testKeyPair(key);
  const pem = await createSelfSignedCertificate({ commonName: name, validUntil }, { material, algorithm }, now);
  const publicJwk = toPublicJwk(material.publicKeyDer, algorithm);
  const kid = jwkThumbprint(publicJwk);
  const id = randomUUID();
  const keyPairId = await changeOrganization(organizationId, async (transaction) => {
    const existing = await transaction.keyPair.findFirst({ where: { organizationId, kid } });
    const pairId = existing?.id ?? randomUUID();
    const sealedPrivateKey = sealPrivateKey({ organizationId, keyPairId: pairId }, testKeyPair(key).privateKeyDer);
    await transaction.keyPair.upsert({
      where: { id: pairId },
      create: {
        id: pairId,
        organizationId,
        kid,
        algorithm: algorithm.name,
        rsaBits: found.rsaBits,
        publicJwk: JSON.stringify(publicJwk),
        sealedPrivateKey,
        createdAt: now,
      },
      update: { sealedPrivateKey },
    });
    await transaction.certificate.create({
      data: {
        id,
        organizationId,
        name,
        sortName: name.toLowerCase(),
        searchText: name.toLowerCase(),
        keyPairId: pairId,
        source: "uploaded",
        certificatePem: pem,
        chainPem: "",
        commonName: name,
        subject: `CN=${name}`,
        issuer: `CN=${name}`,
        serial: "01",
        algorithm: key,
        notBefore: given.notBefore ?? new Date(now.getTime() - 60_000),
        notAfter,
        fingerprintSha256: id,
        fingerprintSha1: id,
        subjectAltNames: "[]",
        keyUsage: "[]",
        warnings: "[]",
        createdAt: now,
        createdBy: "test",
      },
    });
    return pairId;
  });
  return { id, keyPairId, kid, algorithm: algorithm.name, pem };
}
