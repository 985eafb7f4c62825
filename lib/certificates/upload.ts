import "server-only";
// Uploads: a pair is checked and shown, or checked and stored; what is refused leaves an audit event and nothing else.
import { recordAuditEvent } from "../audit/repository.ts";
import { type Actor, requirePermission } from "../auth/actor.ts";
import { readUploadedPair, type UploadedPair } from "../crypto/uploaded-pair.ts";
import { appendToOrganization, changeOrganization } from "../db/transaction.ts";
import { type AppError, isAppError } from "../errors.ts";
import { FairQueue } from "../fair-queue.ts";
import { storeCertificateKey } from "../keys/certificate-keys.ts";
import { log } from "../log.ts";
import { getCertificate, toChainViews } from "./reading.ts";
import type { PreviewUploadInput, UploadCertificateInput } from "./schema.ts";
import { refuseDuplicate, storeCertificate } from "./storing.ts";
import { type CertificatePreviewView, type CertificateView, toCertificatePreviewView } from "./view.ts";
import { withinWorkload } from "./workload.ts";

/** A passphrase may take half a second of a thread, and everything else that is hashed or signed needs threads, too. */
const derivations = new FairQueue({ capacity: 2, credit: 1, maximumWaiting: 100 });

/**
 * Tells what an upload would store; refuses what it would refuse, and keeps nothing.
 * @throws auth.forbidden request.too_many certificate.*
 */
export async function previewUpload(
  actor: Actor,
  input: PreviewUploadInput,
  now: Date = new Date(),
): Promise<CertificatePreviewView> {
  requirePermission(actor, "certificates.manage");
  const pair = await readPair(actor, input, now);
  pair.material.privateKeyDer.fill(0);
  await refuseDuplicate(actor.organizationId, pair.facts.fingerprintSha256);
  return toCertificatePreviewView(pair.facts, toChainViews(pair.chain), now);
}

/**
 * Stores a pair that somebody else has made; the private half is sealed and never comes back.
 * @throws auth.forbidden request.too_many certificate.*
 */
export async function uploadCertificate(
  actor: Actor,
  input: UploadCertificateInput,
  now: Date = new Date(),
): Promise<CertificateView> {
  requirePermission(actor, "certificates.manage");
  try {
    const id = await storeUpload(actor, input, now);
    return await getCertificate(actor, id, now);
  } catch (error) {
    if (isAppError(error) && error.code.startsWith("certificate.")) await noteRefusal(actor, input.name, error, now);
    throw error;
  }
}

async function storeUpload(actor: Actor, input: UploadCertificateInput, now: Date): Promise<string> {
  const { organizationId } = actor;
  const pair = await readPair(actor, input, now);
  const id = crypto.randomUUID();
  try {
    await changeOrganization(organizationId, async (transaction) => {
      await refuseDuplicate(organizationId, pair.facts.fingerprintSha256, transaction);
      const keyPairId = await storeCertificateKey(organizationId, pair, now, transaction);
      const { facts } = pair;
      const certificate = { id, name: input.name, source: "uploaded", keyPairId, facts, renewedFromId: null } as const;
      await storeCertificate(actor, certificate, { action: "certificate.uploaded" }, now, transaction);
    });
  } finally {
    pair.material.privateKeyDer.fill(0);
  }
  return id;
}

function readPair(actor: Actor, input: PreviewUploadInput, now: Date): Promise<UploadedPair> {
  const { private_key_pem: privateKeyPem, certificate_pem: certificatePem, passphrase } = input;
  const read = (): Promise<UploadedPair> => readUploadedPair({ privateKeyPem, certificatePem, passphrase }, now);
  return withinWorkload(actor, "upload", () =>
    passphrase === undefined ? read() : derivations.run(actor.organizationId, 1, read),
  );
}

/** A failing audit never hides the refusal. */
async function noteRefusal(actor: Actor, name: string, { code, message }: AppError, now: Date): Promise<void> {
  const event = {
    action: "certificate.upload_refused",
    outcome: "denied",
    target: { type: "certificate", id: "", name },
    reason: message,
    after: { code },
  } as const;
  await appendToOrganization(actor.organizationId, (transaction) =>
    recordAuditEvent(transaction, actor, event, now),
  ).catch((cause) => log().error({ err: cause }, "a refused upload was not audited"));
}
