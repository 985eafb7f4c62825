import "server-only";
// What people have allowed applications, in storage; every function touches one organization only.
import { stringListSchema } from "../applications/schema.ts";
import { database, type Transaction } from "../db/client.ts";

/** Which person has allowed which application something. */
export type ConsentKey = { applicationId: string; userId: string };

/** The scopes that a person has allowed an application so far, and when the last of them; null when none ever. */
export async function findConsent(
  organizationId: string,
  { applicationId, userId }: ConsentKey,
  transaction: Transaction = database(),
): Promise<{ scopes: string[]; givenAt: Date } | null> {
  const row = await transaction.consent.findFirst({ where: { organizationId, applicationId, userId } });
  return row && { scopes: stringListSchema.parse(JSON.parse(row.scopes)), givenAt: row.updatedAt };
}

/** Stores what a person allows an application from now on. */
export async function upsertConsent(
  organizationId: string,
  { scopes, applicationId, userId }: ConsentKey & { scopes: string[] },
  now: Date,
  transaction: Transaction,
): Promise<void> {
  const list = JSON.stringify(scopes);
  await transaction.consent.upsert({
    where: { applicationId_userId: { applicationId, userId }, organizationId },
    create: { organizationId, applicationId, userId, scopes: list, createdAt: now, updatedAt: now },
    update: { scopes: list, updatedAt: now },
  });
}
