import "server-only";
// What an application must be to be changed, and must not become: insecure, a way to more permissions, or a second one of an entity ID.
import type { Actor } from "../auth/actor.ts";
import { isPermission } from "../auth/permissions.ts";
import type { Transaction } from "../db/client.ts";
import { env } from "../env.ts";
import { AppError, type ErrorCode, type FieldError } from "../errors.ts";
import { type Application, isLocalHttpUrl } from "./application.ts";
import { findClientContradictions } from "./client-rules.ts";
import { findApplication, isEntityIdTaken } from "./repository.ts";
import { applicationIdSchema } from "./schema.ts";

/** One application of the organization; a foreign id answers like a missing one. @throws application.not_found */
export async function requireApplication(
  organizationId: string,
  id: string,
  transaction?: Transaction,
): Promise<Application> {
  const isId = applicationIdSchema.safeParse({ id }).success;
  const application = isId ? await findApplication(organizationId, id, transaction) : null;
  if (application === null) throw new AppError("application.not_found", "There is no such application.");
  return application;
}

/** Refuses http for assertions outside development. @throws request.invalid */
export function checkAcsUrls(application: Application): void {
  if (application.protocol !== "saml" || env().mode === "development") return;
  refuseFields(
    "request.invalid",
    application.acsUrls
      .map((url, index) => ({ url, field: `acs_urls.${index}`, code: "insecure_url", message: "Must be https." }))
      .filter(({ url }) => isLocalHttpUrl(url)),
  );
}

/** Refuses settings of an OIDC client that contradict each other. @throws request.invalid */
export function checkClientRules(application: Application): void {
  if (application.protocol === "oidc") refuseFields("request.invalid", findClientContradictions(application));
}

/** Refuses permissions that the actor would hand on without holding them. @throws token.permission_not_held */
export function checkScopes(actor: Actor, added: string[]): void {
  refuseFields(
    "token.permission_not_held",
    added
      .filter((scope) => isPermission(scope) && !actor.permissions.has(scope))
      .map((scope) => ({
        field: "scopes",
        code: "permission_not_held",
        message: `Only somebody with the permission ${scope} can give it to an application.`,
      })),
  );
}

function refuseFields(code: ErrorCode, errors: FieldError[]): void {
  const [first] = errors;
  if (!first) return;
  const fields = errors.map(({ field, code: fieldCode, message }) => ({ field, code: fieldCode, message }));
  throw new AppError(code, first.message, { errors: fields });
}

/** Keeps entity IDs unique in the organization, whose lock the caller holds. @throws application.entity_id_taken */
export async function refuseTakenEntityId(application: Application, transaction: Transaction): Promise<void> {
  if (application.protocol !== "saml") return;
  const { organizationId, entityId, id } = application;
  if (!(await isEntityIdTaken(organizationId, { entityId, exceptId: id }, transaction))) return;
  const message = "Another application already has this entity ID.";
  throw new AppError("application.entity_id_taken", message, {
    errors: [{ field: "entity_id", code: "taken", message }],
  });
}
