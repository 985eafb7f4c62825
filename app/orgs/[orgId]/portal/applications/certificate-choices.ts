import "server-only";
// What the Signing Certificate dropdown of an application offers to the person who looks at it.
import type { SigningCertificateChoices } from "#components/applications/signing-certificate-select.tsx";
import type { Actor } from "#lib/auth/actor.ts";
import { listSelectableCertificates } from "#lib/certificates/assignment.ts";
import { listSelectableCertificatesAction } from "./actions.ts";

/** The choices with `selected` among them; null for who may not view certificates. */
export async function readCertificateChoices(
  actor: Actor,
  selected: string | null,
  now: Date,
): Promise<SigningCertificateChoices | null> {
  if (!actor.permissions.has("certificates.view")) return null;
  return {
    first: await listSelectableCertificates(actor, { selected }, now),
    findAction: listSelectableCertificatesAction.bind(null, actor.organizationId),
  };
}
