import "server-only";
// Tells what a refresh token stands for, for those who ask about it or give it back; it is not used up by that.
import { sha256Base64url } from "../crypto/digest.ts";
import { getPerson } from "./people.ts";
import { findRefreshGrantRow } from "./refresh-grant-repository.ts";

const REFRESH_TOKEN = /^[A-Za-z0-9_-]{32,128}$/;

/** What a refresh token of ours stands for; `isActive` while it could still be used. */
export type RefreshGrant = {
  sessionId: string;
  clientId: string;
  subject: string;
  scope: string;
  issuedAt: Date;
  expiresAt: Date;
  isActive: boolean;
};

/** The grant behind a refresh token, also one that was used or whose session has ended; null for no token of ours. */
export async function findRefreshGrant(
  organizationId: string,
  token: string,
  now: Date = new Date(),
): Promise<RefreshGrant | null> {
  if (!REFRESH_TOKEN.test(token)) return null;
  const row = await findRefreshGrantRow(organizationId, sha256Base64url(token));
  if (row === null) return null;
  const { session } = row;
  const isSessionAlive = session.revokedAt === null && session.expiresAt > now;
  const person = session.userId === null ? null : await getPerson(organizationId, session.userId);
  return {
    sessionId: session.id,
    clientId: session.application.clientId ?? "",
    subject: session.subject,
    scope: session.scope,
    issuedAt: row.createdAt,
    expiresAt: row.expiresAt,
    isActive:
      row.usedAt === null && row.expiresAt > now && isSessionAlive && (person?.isMemberAt(session.startedAt) ?? false),
  };
}
