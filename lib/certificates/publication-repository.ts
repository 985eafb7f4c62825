import "server-only";
// The key pairs of certificates that may have to stand in the JWKS, in storage.
import { ALGORITHMS, type SigningAlgorithm } from "../crypto/algorithms.ts";
import { readPublicJwk } from "../crypto/jwk.ts";
import { sql } from "../db/client.ts";
import { readRows } from "../db/statements.ts";
import { type CertificateOfPair, type CertifiedKeyPair, STRAGGLER_MILLISECONDS } from "./publication.ts";

type Row = Omit<CertifiedKeyPair, "algorithm" | "publicJwk" | "certificates"> &
  Omit<CertificateOfPair, "isAssigned"> & {
    id: string;
    algorithm: string;
    publicJwk: string;
    isAssigned: bigint | number;
  };

/**
 * Pairs that are assigned to an OIDC application, or whose tokens may be valid, or that somebody may still be signing with;
 * oldest first, no destroyed one and none of a signing key. One statement, because what is unassigned between two would be in
 * neither; its first part is found along indexes, where one condition for all of it would go through pairs times certificates.
 */
export async function findCertifiedKeyPairs(organizationId: string, now: Date): Promise<CertifiedKeyPair[]> {
  const straggling = new Date(now.getTime() - STRAGGLER_MILLISECONDS);
  const rows = await readRows<Row>(sql`
    WITH wanted AS (
      SELECT c."keyPairId" AS "id"
      FROM "Application" a
      JOIN "Certificate" c ON c."id" = a."signingCertId"
      WHERE a."organizationId" = ${organizationId} AND a."protocol" = 'oidc' AND c."deletedAt" IS NULL
      UNION
      SELECT k."id" FROM "KeyPair" k
      WHERE k."organizationId" = ${organizationId} AND (k."signedUntil" > ${now} OR k."unassignedAt" > ${straggling})
        AND NOT EXISTS (SELECT 1 FROM "SigningKey" s WHERE s."keyPairId" = k."id")
    )
    SELECT k."id", k."kid", k."algorithm", k."publicJwk", k."signedUntil", k."unassignedAt",
      c."certificatePem", c."chainPem", c."notAfter",
      CASE WHEN EXISTS (
        SELECT 1 FROM "Application" a WHERE a."signingCertId" = c."id" AND a."protocol" = 'oidc'
      ) THEN 1 ELSE 0 END AS "isAssigned"
    FROM wanted w
    JOIN "KeyPair" k ON k."id" = w."id"
    JOIN "Certificate" c ON c."keyPairId" = k."id"
    WHERE k."organizationId" = ${organizationId} AND k."sealedPrivateKey" IS NOT NULL AND c."deletedAt" IS NULL
    ORDER BY k."createdAt", k."id", c."id"`);
  const pairs = new Map<string, CertifiedKeyPair & { certificates: CertificateOfPair[] }>();
  for (const row of rows) {
    const pair = pairs.get(row.id) ?? toPair(row);
    const { certificatePem, chainPem, notAfter, isAssigned } = row;
    pair.certificates.push({ certificatePem, chainPem, notAfter, isAssigned: Number(isAssigned) === 1 });
    pairs.set(row.id, pair);
  }
  return [...pairs.values()];
}

function toPair({
  kid,
  signedUntil,
  unassignedAt,
  ...row
}: Row): CertifiedKeyPair & { certificates: CertificateOfPair[] } {
  const algorithm = row.algorithm as SigningAlgorithm;
  const publicJwk = readPublicJwk(JSON.parse(row.publicJwk), ALGORITHMS[algorithm]);
  return { kid, algorithm, publicJwk, signedUntil, unassignedAt, certificates: [] };
}
