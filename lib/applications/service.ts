import "server-only";
// The public door of the applications: OIDC clients and SAML service providers of the actor's organization.
import { recordAuditEvent } from "../audit/repository.ts";
import { type Actor, requirePermission } from "../auth/actor.ts";
import { recordSigningChange, recordSigningEnd, type SigningChange } from "../certificates/signing-change.ts";
import { randomToken } from "../crypto/digest.ts";
import type { Transaction } from "../db/client.ts";
import { changeOrganization } from "../db/transaction.ts";
import { type Page, readCursor, toPage } from "../paging.ts";
import { countSessionsOfApplications } from "../sessions/service.ts";
import {
  type Application,
  changeApplication,
  isSameApplication,
  type OidcApplication,
  type OidcClient,
} from "./application.ts";
import { checkAcsUrls, checkClientRules, checkScopes, refuseTakenEntityId, requireApplication } from "./checks.ts";
import {
  applicationCursorKey,
  countApplicationRows,
  findClient,
  findClients,
  findManyApplications,
  findMaxTokenExpiry,
  findSamlApplicationsWithoutCertificate,
  insertApplication,
  insertClientSecret,
  removeApplication,
  removeClientSecrets,
  updateApplicationRow,
} from "./repository.ts";
import type { CreateApplicationInput, ListApplicationsInput, UpdateApplicationInput } from "./schema.ts";
import { newClientSecret } from "./secrets.ts";
import {
  type ApplicationDeletionView,
  type ApplicationView,
  type CreatedApplicationView,
  toSettingsView,
} from "./view.ts";
import { loadView, loadViews } from "./view-loading.ts";

/** Recognizable, and never the beginning of an option on a command line. */
const CLIENT_ID_PREFIX = "app_";
const CLIENT_ID_BYTES = 16;

/**
 * One page of the applications by name.
 * @throws auth.forbidden request.invalid
 */
export async function listApplications(
  actor: Actor,
  { limit, cursor, ...filter }: ListApplicationsInput,
  now: Date = new Date(),
): Promise<Page<ApplicationView>> {
  requireReader(actor);
  const { organizationId } = actor;
  const rows = await findManyApplications(organizationId, { filter, after: readCursor(cursor), take: limit + 1 });
  const views = new Map((await loadViews(organizationId, rows, now)).map((view) => [view.id, view]));
  const page = toPage(rows, { limit, keyOf: applicationCursorKey, toItem: (row) => views.get(row.id) });
  return { ...page, data: page.data.filter((view) => view !== undefined) };
}

/** How many applications the organization has. @throws auth.forbidden */
export async function countApplications(actor: Actor): Promise<number> {
  requireReader(actor);
  return countApplicationRows(actor.organizationId);
}

/** One application. @throws auth.forbidden application.not_found */
export async function getApplication(actor: Actor, id: string, now: Date = new Date()): Promise<ApplicationView> {
  requireReader(actor);
  const application = await requireApplication(actor.organizationId, id);
  return loadView(actor.organizationId, application, now);
}

/**
 * Registers an application; an OIDC client gets a secret, which only this answer holds.
 * @throws auth.forbidden request.invalid application.entity_id_taken token.permission_not_held certificate.expired
 */
export async function createApplication(
  actor: Actor,
  input: CreateApplicationInput,
  now: Date = new Date(),
): Promise<CreatedApplicationView> {
  requirePermission(actor, "applications.manage");
  const application = toNewApplication(actor.organizationId, input, now);
  checkAcsUrls(application);
  checkScopes(actor, application.protocol === "oidc" ? application.scopes : []);
  checkClientRules(application);
  const secret = application.protocol === "oidc" && application.isConfidential ? newClientSecret(now) : null;
  await changeOrganization(actor.organizationId, async (transaction) => {
    await refuseTakenEntityId(application, transaction);
    await audit(actor, { action: "application.created", application, after: application }, now, transaction);
    const { signingCertId: to } = application;
    await assign(actor, { application, from: null, to }, now, transaction);
    await insertApplication(actor.organizationId, application, transaction);
    if (secret !== null) {
      const { stored } = secret;
      await insertClientSecret(actor.organizationId, { applicationId: application.id, secret: stored }, transaction);
    }
  });
  const view = await loadView(actor.organizationId, application, now);
  return view.protocol === "oidc" ? { ...view, client_secret: secret?.value ?? null } : view;
}

/**
 * Changes fields of an application; a scope that is a permission can only be added by who holds it.
 * @throws auth.forbidden request.invalid application.not_found application.entity_id_taken token.permission_not_held
 * @throws certificate.expired
 */
export async function updateApplication(
  actor: Actor,
  { id, ...change }: UpdateApplicationInput & { id: string },
  now: Date = new Date(),
): Promise<ApplicationView> {
  requirePermission(actor, "applications.manage");
  const after = await changeOrganization(actor.organizationId, async (transaction) => {
    const before = await requireApplication(actor.organizationId, id, transaction);
    const changed = changeApplication(before, change, now);
    if (isSameApplication(before, changed)) return before;
    checkAcsUrls(changed);
    checkClientRules(changed);
    if (before.protocol === "oidc" && changed.protocol === "oidc") {
      checkScopes(
        actor,
        changed.scopes.filter((scope) => !before.scopes.includes(scope)),
      );
    }
    await refuseTakenEntityId(changed, transaction);
    await auditChange(actor, { before, changed }, now, transaction);
    await updateApplicationRow(actor.organizationId, changed, transaction);
    if (isPublic(changed)) await removeClientSecrets(actor.organizationId, id, transaction);
    return changed;
  });
  return loadView(actor.organizationId, after, now);
}

/**
 * Deletes an application with its secrets and sessions. Tokens already handed out stay in the evidence of their keys
 * (`signed_until`). With `dry_run` only tells what would happen.
 * @throws auth.forbidden application.not_found
 */
export async function deleteApplication(
  actor: Actor,
  { id, dry_run = false }: { id: string; dry_run?: boolean | undefined },
  now: Date = new Date(),
): Promise<ApplicationDeletionView> {
  requirePermission(actor, "applications.manage");
  const { organizationId } = actor;
  if (dry_run) {
    return toDeletionView(await requireApplication(organizationId, id), { isDryRun: true, now });
  }
  return changeOrganization(organizationId, async (transaction) => {
    const before = await requireApplication(organizationId, id, transaction);
    const view = await toDeletionView(before, { isDryRun: false, now }, transaction);
    await recordSigningEnd(organizationId, { application: before, from: before.signingCertId }, now, transaction);
    await removeApplication(organizationId, id, transaction);
    await audit(actor, { action: "application.deleted", application: before, before }, now, transaction);
    return view;
  });
}

/** The longest life of an access token over all applications, in seconds; 0 when there is no OIDC application. */
export async function findMaxTokenExpirySecs(organizationId: string, transaction?: Transaction): Promise<number> {
  return findMaxTokenExpiry(organizationId, transaction);
}

/** The SAML applications that the organization's default certificate signs for now, by name. */
export async function findApplicationsOnDefaultCertificate(
  organizationId: string,
  now: Date,
  transaction?: Transaction,
): Promise<{ id: string; name: string; entityId: string }[]> {
  return findSamlApplicationsWithoutCertificate(organizationId, now, transaction);
}

/** Every OIDC client of an organization with the hashes of its secrets (SHA-256, base64url), for the token endpoint. */
export async function listOidcClients(organizationId: string): Promise<OidcClient[]> {
  return findClients(organizationId);
}

/** The OIDC application with this client id, or null. */
export async function findOidcClient(organizationId: string, clientId: string): Promise<OidcApplication | null> {
  return findClient(organizationId, clientId);
}

/** Certificates are assigned by who may view them (J6), so these people see the applications too. */
function requireReader(actor: Actor): void {
  if (actor.permissions.has("certificates.view")) return;
  requirePermission(actor, "applications.manage");
}

function toNewApplication(organizationId: string, input: CreateApplicationInput, now: Date): Application {
  const { name, signing_cert_id: signingCertId = null } = input;
  const base = { id: crypto.randomUUID(), organizationId, name, createdAt: now, updatedAt: now, signingCertId };
  if (input.protocol === "saml") {
    const { entity_id: entityId, acs_urls: acsUrls, name_id_format: nameIdFormat = null } = input;
    return { ...base, protocol: "saml", entityId, acsUrls, nameIdFormat };
  }
  return {
    ...base,
    protocol: "oidc",
    clientId: `${CLIENT_ID_PREFIX}${randomToken(CLIENT_ID_BYTES)}`,
    grantTypes: input.grant_types,
    scopes: input.scopes,
    redirectUris: input.redirect_uris,
    postLogoutRedirectUris: input.post_logout_redirect_uris,
    isConfidential: input.confidential,
    isConsentRequired: input.consent_required,
    tokenExpirySecs: input.token_expiry_secs,
    idTokenExpirySecs: input.id_token_expiry_secs,
    refreshTokenExpirySecs: input.refresh_token_expiry_secs,
  };
}

function isPublic(application: Application): boolean {
  return application.protocol === "oidc" && !application.isConfidential;
}

/** One event for the certificate and one for everything else, as far as there is something to tell. */
async function auditChange(
  actor: Actor,
  { before, changed }: { before: Application; changed: Application },
  now: Date,
  transaction: Transaction,
): Promise<void> {
  const [from, to] = [before.signingCertId, changed.signingCertId];
  const event = { action: "application.updated", application: changed, before, after: changed } as const;
  if (!isSameApplication({ ...before, signingCertId: to }, changed)) await audit(actor, event, now, transaction);
  await assign(actor, { application: changed, from, to }, now, transaction);
}

/** What signs is not decided by who may change applications alone (J6). */
async function assign(actor: Actor, change: SigningChange, now: Date, transaction: Transaction): Promise<void> {
  if (change.from === change.to) return;
  requirePermission(actor, "certificates.view");
  await recordSigningChange(actor, change, now, transaction);
}

async function audit(
  actor: Actor,
  event: {
    action: "application.created" | "application.updated" | "application.deleted";
    application: Application;
    before?: Application;
    after?: Application;
  },
  now: Date,
  transaction: Transaction,
): Promise<void> {
  const { action, application, before, after } = event;
  await recordAuditEvent(
    transaction,
    actor,
    {
      action,
      target: { type: "application", id: application.id, name: application.name },
      ...(before ? { before: toSettingsView(before) } : {}),
      ...(after ? { after: toSettingsView(after) } : {}),
    },
    now,
  );
}

async function toDeletionView(
  application: Application,
  { isDryRun, now }: { isDryRun: boolean; now: Date },
  transaction?: Transaction,
): Promise<ApplicationDeletionView> {
  const { id, name, protocol, organizationId } = application;
  const alive = (await countSessionsOfApplications(organizationId, [id], now, transaction)).get(id);
  return {
    dry_run: isDryRun,
    id,
    name,
    protocol,
    active_sessions: alive?.activeSessions ?? 0,
    tokens_valid_until: alive?.expiresAt.toISOString() ?? null,
  };
}
