import "server-only";
// Deletes a certificate: not while an application uses it or a token needs its key, unless the caller takes that upon itself.
import { findMaxTokenExpirySecs } from "../applications/service.ts";
import type { NewAuditEvent } from "../audit/event.ts";
import { recordAuditEvent } from "../audit/repository.ts";
import { type Actor, requirePermission } from "../auth/actor.ts";
import type { Transaction } from "../db/client.ts";
import { changeOrganization } from "../db/transaction.ts";
import { AppError } from "../errors.ts";
import { destroyPair, getPairState } from "../keys/pairs.ts";
import { endSessionsOfKeyPair, summarizeSessionsOfKeyPair } from "../sessions/service.ts";
import { moveAssignments } from "./assignment.ts";
import { findAssignees, findSigningCertificates, hasLiveTwin, markDeleted } from "./assignment-repository.ts";
import {
  type CertificateDeletionView,
  type Deletion,
  toCertificateDeletionView,
  toUserViews,
} from "./deletion-view.ts";
import { type DeletionDecision, decideDeletion } from "./safety.ts";

/** What is asked; `reassign` moves the applications to the organization's signing key, `force` lets valid tokens fail. */
export type DeleteCertificateInput = {
  id: string;
  force?: boolean | undefined;
  reassign?: "default" | undefined;
  dry_run?: boolean | undefined;
};

/** A deletion with what was decided about it. */
type Decided = Deletion & Pick<DeletionDecision, "outcome">;

/**
 * Deletes a certificate; its private half is destroyed unless another live certificate shares it, and the row stays as
 * history. With `dry_run` only tells what would happen.
 * @throws auth.forbidden certificate.not_found
 * @throws certificate.in_use while it is assigned, unless `reassign` is given
 * @throws certificate.not_safe_to_delete while a token may need its key, unless `force` is given
 */
export async function deleteCertificate(
  actor: Actor,
  input: DeleteCertificateInput,
  now: Date = new Date(),
): Promise<CertificateDeletionView> {
  requirePermission(actor, "certificates.manage");
  const { organizationId } = actor;
  if (input.dry_run === true) {
    const decided = await decide(organizationId, input, now);
    return toCertificateDeletionView(decided, { isDryRun: true, refusal: refusalOf(decided) }, now);
  }
  const done = await changeOrganization(organizationId, async (transaction) => {
    const decided = await destroyAsDecided(organizationId, input, now, transaction);
    const { hasTwin, certificate } = decided;
    if (!hasTwin) await endSessionsOfKeyPair(organizationId, certificate.keyPairId, now, transaction);
    await moveAssignments(actor, { from: input.id, to: null }, now, transaction);
    await markDeleted(organizationId, { id: input.id, at: now }, transaction);
    await recordAuditEvent(transaction, actor, deletedEvent(decided), now);
    return decided;
  });
  return toCertificateDeletionView(done, { isDryRun: false, refusal: null }, now);
}

/** A signer may raise the horizon between the decision and the destruction; then the decision is taken again. */
async function destroyAsDecided(
  organizationId: string,
  input: DeleteCertificateInput,
  now: Date,
  transaction: Transaction,
): Promise<Decided> {
  for (;;) {
    const decided = await decide(organizationId, input, now, transaction);
    const refusal = refusalOf(decided);
    if (refusal !== null) throw refusal;
    if (decided.hasTwin) return decided;
    const onlyWhile = decided.safety.isSafe ? { signedUntil: decided.signedUntil } : null;
    if (await destroyPair(organizationId, decided.certificate.keyPairId, onlyWhile, transaction)) return decided;
  }
}

async function decide(
  organizationId: string,
  { id, force = false, reassign }: DeleteCertificateInput,
  now: Date,
  transaction?: Transaction,
): Promise<Decided> {
  const certificate = (await findSigningCertificates(organizationId, [id], transaction)).get(id);
  if (certificate === undefined) throw new AppError("certificate.not_found", "There is no such certificate.");
  const { keyPairId, notAfter } = certificate;
  const applications = await findAssignees(organizationId, id, transaction);
  const { signedUntil, unassignedAt } = await getPairState(organizationId, keyPairId, transaction);
  const hasTwin = await hasLiveTwin(organizationId, { id, keyPairId }, transaction);
  const maxTokenExpirySecs = await findMaxTokenExpirySecs(organizationId, transaction);
  const facts = { assignees: applications, notAfter, hasTwin, signedUntil, unassignedAt, maxTokenExpirySecs };
  return {
    ...decideDeletion(facts, { isReassigned: reassign === "default", isForced: force }, now),
    certificate,
    applications,
    hasTwin,
    signedUntil,
    sessions: await summarizeSessionsOfKeyPair(organizationId, keyPairId, now, transaction),
  };
}

function refusalOf({ outcome, applications, safety, sessions }: Decided): AppError | null {
  if (outcome === "delete") return null;
  const urgency = {
    seconds_until_safe: safety.secondsUntilSafe,
    safe_at: safety.safeAt.toISOString(),
    active_sessions: sessions.activeSessions,
  };
  if (outcome === "in_use") {
    const message = "Applications sign with this certificate; give them another one, or move all to the default.";
    return new AppError("certificate.in_use", message, {
      details: { applications: toUserViews(applications), ...urgency },
    });
  }
  const message = `Tokens signed with this certificate's key may be valid for another ${safety.secondsUntilSafe} s; deleting it now needs force.`;
  return new AppError("certificate.not_safe_to_delete", message, { details: urgency });
}

function deletedEvent({ certificate, applications, hasTwin, safety, sessions }: Decided): NewAuditEvent {
  return {
    action: "certificate.deleted",
    target: { type: "certificate", id: certificate.id, name: certificate.name },
    kid: certificate.kid,
    before: {
      expires_at: certificate.notAfter.toISOString(),
      applications: applications.map(({ id }) => id),
      safe_at: safety.safeAt.toISOString(),
      seconds_until_safe: safety.secondsUntilSafe,
      active_sessions: sessions.activeSessions,
    },
    after: { forced: !safety.isSafe, private_key_destroyed: !hasTwin, reassigned: applications.length > 0 },
  };
}
