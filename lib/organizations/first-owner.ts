import "server-only";
// Makes the default organization and its first owner when nobody owns anything yet; processes that start together make one.
import { recordAuditEvent } from "../audit/repository.ts";
import { systemActor } from "../auth/actor.ts";
import { findUserByEmail, insertUser } from "../auth/repository.ts";
import { emailSchema } from "../auth/schema.ts";
import { randomToken } from "../crypto/digest.ts";
import { hashPassword } from "../crypto/password.ts";
import { changeOrganization } from "../db/transaction.ts";
import { type Environment, env } from "../env.ts";
import { AppError, isAppError } from "../errors.ts";
import { findOrganization, hasAnyOwner, insertMembership } from "./repository.ts";
import { createOrganization } from "./service.ts";

const DEVELOPMENT_EMAIL = "admin@example.com";
const INVENTED_PASSWORD_BYTES = 12;

/** The first owner; `inventedPassword` is there only in development without SIGNET_ADMIN_PASSWORD, to be printed once. */
export type FirstOwner = { organizationId: string; email: string; inventedPassword: string | null };

/**
 * Makes the default organization and its first owner, or answers null when there is an owner already.
 * @throws configuration.invalid when production does not say who that is
 */
export async function ensureFirstOwner(now: Date = new Date()): Promise<FirstOwner | null> {
  if (await hasAnyOwner()) return null;
  const { defaultOrganizationId: organizationId, ...environment } = env();
  const { email, password, inventedPassword } = credentials(environment);
  const system = systemActor(organizationId, "signet start");
  await ensureOrganization(organizationId, now);
  const passwordHash = await hashPassword(password);
  return changeOrganization(organizationId, async (transaction) => {
    if (await hasAnyOwner(transaction)) return null;
    const existing = await findUserByEmail(email, transaction);
    const user = existing ?? { id: crypto.randomUUID(), email, name: nameOf(email), passwordHash, createdAt: now };
    if (!existing) await insertUser({ ...user, passwordHash }, transaction);
    await insertMembership(organizationId, { userId: user.id, role: "owner", createdAt: now }, transaction);
    const target = { type: "user", id: user.id, name: email } as const;
    await recordAuditEvent(transaction, system, { action: "member.added", target, after: { role: "owner" } }, now);
    return { organizationId, email, inventedPassword: existing ? null : inventedPassword };
  });
}

async function ensureOrganization(organizationId: string, now: Date): Promise<void> {
  if (await findOrganization(organizationId)) return;
  const system = systemActor(organizationId, "signet start");
  try {
    await createOrganization(system, { id: organizationId, name: nameOf(organizationId) }, now);
  } catch (error) {
    // Another process was faster.
    if (!isAppError(error, "organization.id_taken")) throw error;
  }
}

/** "acme-corp" and "acme.corp@example.com" as "Acme Corp". */
function nameOf(id: string): string {
  const [words = ""] = id.split("@", 1);
  return words
    .split(/[-._+]/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(" ");
}

function credentials({ mode, adminEmail, adminPassword }: Pick<Environment, "mode" | "adminEmail" | "adminPassword">): {
  email: string;
  password: string;
  inventedPassword: string | null;
} {
  const problems: string[] = [];
  if (mode === "production" && adminEmail === undefined)
    problems.push("SIGNET_ADMIN_EMAIL: required for the first owner");
  if (mode === "production" && adminPassword === undefined) {
    problems.push("SIGNET_ADMIN_PASSWORD: required for the first owner, at least 10 characters");
  }
  const email = emailSchema.safeParse(adminEmail ?? DEVELOPMENT_EMAIL);
  if (!email.success) problems.push("SIGNET_ADMIN_EMAIL: not an email address");
  if (problems.length > 0 || !email.success) {
    throw new AppError(
      "configuration.invalid",
      `Signet cannot start:\n${problems.map((line) => `  - ${line}`).join("\n")}`,
      {
        details: { problems },
      },
    );
  }
  const inventedPassword = adminPassword === undefined ? randomToken(INVENTED_PASSWORD_BYTES) : null;
  return { email: email.data, password: adminPassword ?? inventedPassword ?? "", inventedPassword };
}
