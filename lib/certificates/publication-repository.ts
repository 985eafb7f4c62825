import "server-only";
// The key pairs of certificates that may have to stand in the JWKS, in storage.
import { ALGORITHMS, type SigningAlgorithm } from "../crypto/algorithms.ts";
import { readPublicJwk } from "../crypto/jwk.ts";
import { database, sql } from "../db/client.ts";
import { readRows } from "../db/read-rows.ts";
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
  const [assigned, needed] = await Promise.all([
    findAssignedCertificates(organizationId),
    findNeededPairs(organizationId, now),
  ]);
  const ids = new Set([...assigned.values(), ...needed]);
  // Most organizations sign with their own key alone, and every one of their changes asks.
  if (ids.size === 0) return [];
  const rows = await database().keyPair.findMany({
    where: { organizationId, id: { in: [...ids] }, sealedPrivateKey: { not: null } },
    select: { ...COLUMNS, certificates: { where: { organizationId, deletedAt: null }, select: CERTIFICATE_COLUMNS } },
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

/** The certificates that sign for OIDC applications, each with its key pair. */
async function findAssignedCertificates(organizationId: string): Promise<Map<string, string>> {
  const statement = sql`
    SELECT c."id", c."keyPairId"
    FROM "Application" a
    JOIN "Certificate" c ON c."id" = a."signingCertId"
    WHERE a."organizationId" = ${organizationId} AND a."protocol" = 'oidc'
      AND c."organizationId" = ${organizationId} AND c."deletedAt" IS NULL`;
  const rows = await readRows<{ id: string; keyPairId: string }>(statement);
  return new Map(rows.map(({ id, keyPairId }) => [id, keyPairId]));
}

/** Pairs whose tokens may be valid, or that somebody may still be signing with; none of a signing key. */
async function findNeededPairs(organizationId: string, now: Date): Promise<string[]> {
  const straggling = new Date(now.getTime() - STRAGGLER_MILLISECONDS);
  const statement = sql`
    SELECT k."id" FROM "KeyPair" k
    WHERE k."organizationId" = ${organizationId} AND (k."signedUntil" > ${now} OR k."unassignedAt" > ${straggling})
      AND NOT EXISTS (SELECT 1 FROM "SigningKey" s WHERE s."keyPairId" = k."id")`;
  return (await readRows<{ id: string }>(statement)).map(({ id }) => id);
}
