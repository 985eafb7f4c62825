import "server-only";
// Tells what a refresh token stands for, for those who ask about it or give it back; it is not used up by that.
import { sha256Base64url } from "../crypto/digest.ts";
import { getPerson } from "./people.ts";
import { decideRefresh } from "./refresh-token.ts";
import { findRefreshToken } from "./refresh-token-repository.ts";

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
  const found = await findRefreshToken(organizationId, sha256Base64url(token));
  if (found === null) return null;
  const { sessionId, applicationId, clientId, userId, scope, createdAt, expiresAt, startedAt } = found;
  const person = await getPerson(organizationId, userId);
  return {
    ...{ sessionId, clientId, subject: userId, scope, issuedAt: createdAt, expiresAt },
    isActive: decideRefresh(found, applicationId, now) === "rotate" && (person?.isMemberAt(startedAt) ?? false),
  };
}
