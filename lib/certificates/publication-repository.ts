import "server-only";
// The key pairs of certificates that may have to stand in the JWKS, in storage.
import { ALGORITHMS, type SigningAlgorithm } from "../crypto/algorithms.ts";
import { readPublicJwk } from "../crypto/jwk.ts";
import { database } from "../db/client.ts";
import { type CertifiedKeyPair, STRAGGLER_MILLISECONDS } from "./publication.ts";

/** Pairs that are assigned to an OIDC application, or whose tokens may still be valid, oldest first; no destroyed one. */
export async function findCertifiedKeyPairs(organizationId: string, now: Date): Promise<CertifiedKeyPair[]> {
  const isLive = { organizationId, deletedAt: null };
  const isAssigned = { organizationId, protocol: "oidc" };
  const rows = await database().keyPair.findMany({
    where: {
      organizationId,
      sealedPrivateKey: { not: null },
      certificates: { some: isLive },
      OR: [
        { certificates: { some: { ...isLive, applications: { some: isAssigned } } } },
        { signedUntil: { gt: now } },
        { unassignedAt: { gt: new Date(now.getTime() - STRAGGLER_MILLISECONDS) } },
      ],
    },
    select: {
      kid: true,
      algorithm: true,
      publicJwk: true,
      signedUntil: true,
      unassignedAt: true,
      certificates: {
        where: isLive,
        select: {
          certificatePem: true,
          chainPem: true,
          notAfter: true,
          applications: { where: isAssigned, select: { id: true }, take: 1 },
        },
      },
    },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  return rows.map(({ certificates, publicJwk, ...row }) => {
    const algorithm = row.algorithm as SigningAlgorithm;
    return {
      ...row,
      algorithm,
      publicJwk: readPublicJwk(JSON.parse(publicJwk), ALGORITHMS[algorithm]),
      certificates: certificates.map(({ applications, ...certificate }) => ({
        ...certificate,
        isAssigned: applications.length > 0,
      })),
    };
  });
}
