// What tests about the life of signing keys share: a virtual start, applications, and the audit log read back.
import { createApplicationSchema } from "#lib/applications/schema.ts";
import { createApplication } from "#lib/applications/service.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { database } from "#lib/db/client.ts";

/** Where virtual clocks start. */
export const T0 = new Date("2027-02-01T08:00:00.000Z");

/** A moment some seconds after {@link T0}. */
export function later(seconds: number): Date {
  return new Date(T0.getTime() + seconds * 1000);
}

/** The organization's audit events about keys, oldest first. */
export async function auditOf(organizationId: string, action: string) {
  const rows = await database().auditEvent.findMany({
    where: { organizationId, action },
    orderBy: { sequence: "asc" },
  });
  return rows.map((row) => ({
    ...row,
    before: JSON.parse(row.before ?? "null"),
    after: JSON.parse(row.after ?? "null"),
  }));
}

/** An OIDC client with this token expiry. */
export const addOidc = (owner: Actor, token_expiry_secs: number) =>
  createApplication(
    owner,
    createApplicationSchema.parse({
      name: `Client ${token_expiry_secs}`,
      protocol: "oidc",
      grant_types: ["client_credentials"],
      token_expiry_secs,
    }),
  );

/** A SAML service provider without a certificate of its own. */
export const addSaml = (owner: Actor, name: string) =>
  createApplication(
    owner,
    createApplicationSchema.parse({
      name,
      protocol: "saml",
      entity_id: `https://${name}.example`,
      acs_urls: [`https://${name}.example/acs`],
    }),
  );
