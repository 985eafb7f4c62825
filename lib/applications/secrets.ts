import "server-only";
// The secrets of a client: 256 random bits, shown once, kept as SHA-256; two at a time, so that one replaces the other without an outage.
import { recordAuditEvent } from "../audit/repository.ts";
import { type Actor, requirePermission } from "../auth/actor.ts";
import { randomToken, sha256Base64url } from "../crypto/digest.ts";
import type { Transaction } from "../db/client.ts";
import { changeOrganization } from "../db/transaction.ts";
import { AppError } from "../errors.ts";
import type { ClientSecret, OidcApplication } from "./application.ts";
import { checkScopes, requireApplication } from "./checks.ts";
import { findSecrets, insertClientSecret, removeClientSecret } from "./repository.ts";
import { type ClientSecretView, type CreatedClientSecretView, toClientSecretView } from "./view.ts";

/** How many secrets of one client work at the same time. */
const MAXIMUM_SECRETS = 2;
const HINT_LENGTH = 4;

/** A new secret, and what may be kept of it. */
export function newClientSecret(now: Date): { value: string; stored: ClientSecret } {
  const value = randomToken();
  const stored = {
    id: crypto.randomUUID(),
    hash: sha256Base64url(value),
    hint: value.slice(-HINT_LENGTH),
    createdAt: now,
  };
  return { value, stored };
}

/**
 * Gives a confidential client another secret; only this answer holds it. Whoever holds a secret gets the client's scopes,
 * so the actor needs the permissions among them.
 * @throws auth.forbidden application.not_found application.no_secrets application.too_many_secrets token.permission_not_held
 */
export async function createClientSecret(
  actor: Actor,
  applicationId: string,
  now: Date = new Date(),
): Promise<CreatedClientSecretView> {
  requirePermission(actor, "applications.manage");
  const { organizationId } = actor;
  const { value, stored } = newClientSecret(now);
  await changeOrganization(organizationId, async (transaction) => {
    const client = await requireClientWithSecrets(organizationId, applicationId, transaction);
    checkScopes(actor, client.scopes);
    const secrets = (await findSecrets(organizationId, [client.id], transaction)).get(client.id) ?? [];
    if (secrets.length >= MAXIMUM_SECRETS) {
      const message = `Only ${MAXIMUM_SECRETS} secrets can work at a time. Delete the one that is not used any more first.`;
      throw new AppError("application.too_many_secrets", message);
    }
    await insertClientSecret(organizationId, { applicationId: client.id, secret: stored }, transaction);
    await audit(actor, { action: "application.secret_created", client, after: stored }, now, transaction);
  });
  return { ...toClientSecretView(stored), client_secret: value };
}

/**
 * Makes a secret stop working at once.
 * @throws auth.forbidden application.not_found application.no_secrets application.secret_not_found
 */
export async function deleteClientSecret(
  actor: Actor,
  { applicationId, secretId }: { applicationId: string; secretId: string },
  now: Date = new Date(),
): Promise<ClientSecretView> {
  requirePermission(actor, "applications.manage");
  const { organizationId } = actor;
  return changeOrganization(organizationId, async (transaction) => {
    const client = await requireClientWithSecrets(organizationId, applicationId, transaction);
    const secrets = (await findSecrets(organizationId, [client.id], transaction)).get(client.id) ?? [];
    const secret = secrets.find(({ id }) => id === secretId);
    if (secret === undefined) throw new AppError("application.secret_not_found", "There is no such client secret.");
    await removeClientSecret(organizationId, { applicationId: client.id, id: secret.id }, transaction);
    await audit(actor, { action: "application.secret_deleted", client, before: secret }, now, transaction);
    return toClientSecretView(secret);
  });
}

async function requireClientWithSecrets(
  organizationId: string,
  id: string,
  transaction: Transaction,
): Promise<OidcApplication> {
  const application = await requireApplication(organizationId, id, transaction);
  if (application.protocol === "oidc" && application.isConfidential) return application;
  throw new AppError("application.no_secrets", "Only a confidential OIDC client has secrets.");
}

async function audit(
  actor: Actor,
  event: {
    action: "application.secret_created" | "application.secret_deleted";
    client: OidcApplication;
    before?: ClientSecret;
    after?: ClientSecret;
  },
  now: Date,
  transaction: Transaction,
): Promise<void> {
  const { action, client, before, after } = event;
  const target = { type: "application", id: client.id, name: client.name } as const;
  const states = {
    ...(before ? { before: toAuditState(before) } : {}),
    ...(after ? { after: toAuditState(after) } : {}),
  };
  await recordAuditEvent(transaction, actor, { action, target, ...states }, now);
}

function toAuditState({ id, hint }: ClientSecret): Record<string, unknown> {
  return { secret_id: id, hint };
}
