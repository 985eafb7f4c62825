import "server-only";
// Gathers what the views of applications tell beyond the applications themselves: secrets, sessions, and what signs.
import { findSigningCertificates } from "../certificates/signing-change.ts";
import { AppError } from "../errors.ts";
import { getCurrentKey } from "../keys/current.ts";
import { countSessionsOfApplications } from "../sessions/service.ts";
import type { Application } from "./application.ts";
import { findSecrets } from "./repository.ts";
import { type ApplicationView, toApplicationView } from "./view.ts";

/** The view of one application. */
export async function loadView(organizationId: string, application: Application, now: Date): Promise<ApplicationView> {
  const [view] = await loadViews(organizationId, [application], now);
  if (view === undefined) throw new AppError("application.not_found", "There is no such application.");
  return view;
}

/** The views of applications of one organization, in the same order. */
export async function loadViews(
  organizationId: string,
  applications: Application[],
  now: Date,
): Promise<ApplicationView[]> {
  const ids = applications.map(({ id }) => id);
  const certificateIds = applications.map(({ signingCertId }) => signingCertId).filter((id) => id !== null);
  const [secrets, sessions, certificates, currentKey] = await Promise.all([
    findSecrets(organizationId, ids),
    countSessionsOfApplications(organizationId, ids, now),
    findSigningCertificates(organizationId, [...new Set(certificateIds)]),
    getCurrentKey(organizationId),
  ]);
  return applications.map((application) => {
    const facts = {
      secrets: secrets.get(application.id) ?? [],
      activeSessions: sessions.get(application.id)?.activeSessions ?? 0,
      certificate: certificates.get(application.signingCertId ?? "") ?? null,
      currentKey,
    };
    return toApplicationView(application, facts, now);
  });
}
