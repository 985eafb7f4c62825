import "server-only";
// Which certificates have come so near to their end that the audit log must be told, and that it was told.
import { database, type Transaction } from "../db/client.ts";
import { EXPIRY_STAGES, type ExpiryStage, endsAtStage } from "./certificate.ts";

/** A certificate whose stage the log does not know yet. */
export type DueCertificate = { organizationId: string; id: string; stage: ExpiryStage };

/** A certificate as its event tells of it. */
export type EndingCertificate = {
  id: string;
  name: string;
  kid: string;
  subject: string;
  fingerprintSha256: string;
  notAfter: Date;
  applicationCount: number;
};

/** Live certificates of any organization but these that have come to a stage by now, at most `take` of each stage, the nearest end first. */
export async function findDueCertificates(
  except: readonly string[],
  take: number,
  now: Date,
): Promise<DueCertificate[]> {
  const due: DueCertificate[] = [];
  for (const stage of EXPIRY_STAGES) {
    const rows = await database().certificate.findMany({
      where: { ...isDue(stage, now), ...(except.length > 0 ? { organizationId: { notIn: [...except] } } : {}) },
      select: { organizationId: true, id: true },
      orderBy: { notAfter: "asc" },
      take,
    });
    due.push(...rows.map((row) => ({ ...row, stage })));
  }
  return due;
}

/**
 * Notes that the log is told that a certificate has come to a stage; null when it is told already, or the certificate is
 * gone, so that of several processes one gets the certificate.
 */
export async function claimExpiry(
  organizationId: string,
  { id, stage }: { id: string; stage: ExpiryStage },
  now: Date,
  transaction: Transaction,
): Promise<EndingCertificate | null> {
  const { count } = await transaction.certificate.updateMany({
    where: { id, organizationId, ...isDue(stage, now) },
    data: { announcedExpiry: EXPIRY_STAGES.indexOf(stage) + 1 },
  });
  if (count === 0) return null;
  const { keyPair, _count, ...row } = await transaction.certificate.findFirstOrThrow({
    where: { id, organizationId },
    select: {
      ...{ id: true, name: true, subject: true, fingerprintSha256: true, notAfter: true },
      keyPair: { select: { kid: true } },
      _count: { select: { applications: true } },
    },
  });
  return { ...row, kid: keyPair.kid, applicationCount: _count.applications };
}

/** The list of earlier stages is spelled out, so that both databases find the rows by their index. */
function isDue(stage: ExpiryStage, now: Date) {
  const { after, until } = endsAtStage(stage, now);
  const earlier = EXPIRY_STAGES.slice(0, EXPIRY_STAGES.indexOf(stage) + 1).map((_stage, index) => index);
  return { deletedAt: null, announcedExpiry: { in: earlier }, notAfter: { gt: after, lte: until } };
}
