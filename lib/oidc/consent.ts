import "server-only";
// What people have allowed applications: asked where the application asks for it, remembered, and audited.
import type { OidcApplication } from "../applications/application.ts";
import { recordAuditEvent } from "../audit/repository.ts";
import type { SignedIn } from "../auth/service.ts";
import type { Transaction } from "../db/client.ts";
import { appendToOrganization } from "../db/transaction.ts";
import { findActiveMember, wasMemberAt } from "../organizations/members.ts";
import { type ConsentKey, findConsent, upsertConsent } from "./consent-repository.ts";

/** True when the person need not be asked: the application does not want it, or they have allowed all of this before. */
export async function hasConsented(
  organizationId: string,
  { client, userId, scope }: { client: OidcApplication; userId: string; scope: string },
): Promise<boolean> {
  if (!client.isConsentRequired) return true;
  const allowed = new Set(await listAllowedScopes(organizationId, { applicationId: client.id, userId }));
  return scope.split(" ").every((wanted) => allowed.has(wanted));
}

/** Remembers that a person allows an application these scopes, beside those that it has; audited. @throws organization.not_found */
export async function grantConsent(
  organizationId: string,
  { client, scope }: { client: OidcApplication; scope: string },
  { person, address, requestId }: { person: SignedIn; address: string; requestId: string },
  now: Date = new Date(),
): Promise<void> {
  const { id: userId, email } = person.user;
  const key = { applicationId: client.id, userId };
  const role = person.memberships.find((membership) => membership.organizationId === organizationId)?.role ?? null;
  await appendToOrganization(organizationId, async (transaction) => {
    const before = await listAllowedScopes(organizationId, key, transaction);
    const scopes = [...new Set([...before, ...scope.split(" ")])];
    await upsertConsent(organizationId, { ...key, scopes }, now, transaction);
    await recordAuditEvent(
      transaction,
      {
        ...{ type: "user", id: userId, name: email, userId, role },
        ...{ organizationId, permissions: new Set(), address, requestId },
      },
      {
        action: "consent.granted",
        target: { type: "application", id: client.id, name: client.name },
        before: { scopes: before },
        after: { scopes },
      },
      now,
    );
  });
}

/** What the person has allowed since they are a member: to be removed takes it back. */
async function listAllowedScopes(
  organizationId: string,
  key: ConsentKey,
  transaction?: Transaction,
): Promise<string[]> {
  const consent = await findConsent(organizationId, key, transaction);
  if (consent === null) return [];
  const member = await findActiveMember(organizationId, key.userId, transaction);
  return member !== null && wasMemberAt(member, consent.givenAt) ? consent.scopes : [];
}
