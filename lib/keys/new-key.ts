import "server-only";
// Makes a complete signing key outside any transaction: pair, name, certificate, and the sealed private half.
import type { KeyType } from "../crypto/algorithms.ts";
import { jwkThumbprint, toPublicJwk } from "../crypto/jwk.ts";
import { createSelfSignedCertificate } from "../crypto/x509.ts";
import { takeKeyPair } from "./key-pool.ts";
import type { NewSigningKey } from "./repository.ts";
import { sealPrivateKey } from "./vault.ts";

const CERTIFICATE_YEARS = 3;

/** A new signing key for this organization; its certificate names the organization and is valid for three years. */
export async function prepareSigningKey(
  owner: { organizationId: string; name: string },
  type: KeyType,
  now: Date,
): Promise<NewSigningKey> {
  const { organizationId, name } = owner;
  const { algorithm } = type;
  const material = await takeKeyPair(type);
  const publicJwk = toPublicJwk(material.publicKeyDer, algorithm);
  const validUntil = new Date(now);
  validUntil.setUTCFullYear(validUntil.getUTCFullYear() + CERTIFICATE_YEARS);
  const certificatePem = await createSelfSignedCertificate(
    { commonName: name, validUntil },
    { material, algorithm },
    now,
  );
  const keyPairId = crypto.randomUUID();
  const sealedPrivateKey = sealPrivateKey({ organizationId, keyPairId }, material.privateKeyDer);
  return {
    keyPairId,
    kid: jwkThumbprint(publicJwk),
    algorithm: algorithm.name,
    rsaBits: type.rsaBits,
    publicJwk,
    sealedPrivateKey,
    certificatePem,
    createdAt: now,
  };
}
