import "server-only";
// Tells the audit log, once each, that a certificate ends within 30 days, within 7 days, and that it has ended.
import { recordAuditEvent } from "../audit/repository.ts";
import { systemActor } from "../auth/actor.ts";
import { appendToOrganization } from "../db/transaction.ts";
import { log } from "../log.ts";
import { daysLeft } from "./certificate.ts";
import { claimExpiry, type DueCertificate, type EndingCertificate, findDueCertificates } from "./expiry-repository.ts";

/** Certificates in one transaction: writers of the organization wait for it, so it stays short. */
const BATCH = 20;
/** Certificates of one stage that are looked for at a time. */
const SEARCH = 200;
/** Searches of one round; what is left comes in the next one. */
const SEARCHES = 10;
const ACTOR_NAME = "certificate expiry";

/**
 * Writes the events that are due in all organizations, and tells how many. Any number of processes may do so at the same
 * time: each certificate and stage gets one event, and a stage that passed unseen gets none. What fails in one organization
 * does not keep the others waiting.
 */
export async function announceExpiries(now: Date = new Date(), signal?: AbortSignal): Promise<number> {
  const failed = new Set<string>();
  let written = 0;
  for (let search = 0; search < SEARCHES; search += 1) {
    const due = await findDueCertificates([...failed], SEARCH, now);
    if (due.length === 0) break;
    for (const organizationId of new Set(due.map((row) => row.organizationId))) {
      const certificates = due.filter((row) => row.organizationId === organizationId);
      for (let first = 0; first < certificates.length && !failed.has(organizationId); first += BATCH) {
        if (signal?.aborted) return written;
        try {
          written += await announce(organizationId, certificates.slice(first, first + BATCH), now);
        } catch (error) {
          failed.add(organizationId);
          log().error({ err: error, organizationId }, "the expiry of certificates was not audited; it is tried again");
        }
      }
    }
  }
  return written;
}

async function announce(organizationId: string, due: readonly DueCertificate[], now: Date): Promise<number> {
  const actor = systemActor(organizationId, ACTOR_NAME);
  return appendToOrganization(organizationId, async (transaction) => {
    let written = 0;
    for (const { id, stage } of due) {
      const certificate = await claimExpiry(organizationId, { id, stage }, now, transaction);
      if (certificate === null) continue;
      const event = {
        action: stage === "expired" ? "certificate.expired" : "certificate.expiring",
        target: { type: "certificate", id, name: certificate.name },
        kid: certificate.kid,
        after: toState(certificate, now),
      } as const;
      await recordAuditEvent(transaction, actor, event, now);
      written += 1;
    }
    return written;
  });
}

function toState({ subject, fingerprintSha256, notAfter, applicationCount }: EndingCertificate, now: Date) {
  return {
    subject,
    fingerprint_sha256: fingerprintSha256,
    expires_at: notAfter.toISOString(),
    days_left: Math.max(0, daysLeft(notAfter, now)),
    applications: applicationCount,
  };
}
