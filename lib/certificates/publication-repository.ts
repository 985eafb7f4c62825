import "server-only";
// The key pairs of certificates that may have to stand in the JWKS, in storage.
import { ALGORITHMS, type SigningAlgorithm } from "../crypto/algorithms.ts";
import { readPublicJwk } from "../crypto/jwk.ts";
import { database } from "../db/client.ts";
import { type CertifiedKeyPair, STRAGGLER_MILLISECONDS } from "./publication.ts";

const COLUMNS = {
  kid: true,
  algorithm: true,
  publicJwk: true,
  signedUntil: true,
  unassignedAt: true,
} as const;
const CERTIFICATE_COLUMNS = { id: true, certificatePem: true, chainPem: true, notAfter: true } as const;

/**
 * Pairs that are assigned to an OIDC application, or whose tokens may still be valid, oldest first; no destroyed one.
 * In steps that each follow an index: as one query with nested conditions SQLite goes through all pairs times all certificates.
 */
export async function findCertifiedKeyPairs(organizationId: string, now: Date): Promise<CertifiedKeyPair[]> {
  const assigned = await findAssignedCertificates(organizationId);
  const live = { organizationId, deletedAt: null };
  const ofAssigned = await database().certificate.findMany({
    where: { ...live, id: { in: [...assigned] } },
    select: { keyPairId: true },
  });
  const ids = new Set(ofAssigned.map(({ keyPairId }) => keyPairId));
  for (const id of await findNeededPairs(organizationId, now)) ids.add(id);
  const rows = await database().keyPair.findMany({
    where: { organizationId, id: { in: [...ids] }, sealedPrivateKey: { not: null } },
    select: { ...COLUMNS, certificates: { where: live, select: CERTIFICATE_COLUMNS } },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  return rows.flatMap(({ certificates, publicJwk, ...row }) => {
    if (certificates.length === 0) return [];
    const algorithm = row.algorithm as SigningAlgorithm;
    return {
      ...row,
      algorithm,
      publicJwk: readPublicJwk(JSON.parse(publicJwk), ALGORITHMS[algorithm]),
      certificates: certificates.map(({ id, ...certificate }) => ({ ...certificate, isAssigned: assigned.has(id) })),
    };
  });
}

async function findAssignedCertificates(organizationId: string): Promise<Set<string>> {
  const rows = await database().application.findMany({
    where: { organizationId, protocol: "oidc", signingCertId: { not: null } },
    select: { signingCertId: true },
  });
  return new Set(rows.flatMap(({ signingCertId }) => (signingCertId === null ? [] : [signingCertId])));
}

/** Pairs whose tokens may be valid, or that somebody may still be signing with; none of a signing key. */
async function findNeededPairs(organizationId: string, now: Date): Promise<string[]> {
  const straggling = new Date(now.getTime() - STRAGGLER_MILLISECONDS);
  const rows = await database().keyPair.findMany({
    where: {
      organizationId,
      signingKey: null,
      OR: [{ signedUntil: { gt: now } }, { unassignedAt: { gt: straggling } }],
    },
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}
