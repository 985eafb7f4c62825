// What the tokens service shows: an allow-list, times in ISO 8601 UTC, the token itself once.
import type { PersonalToken } from "./token.ts";

/** A personal access token without the token. */
export type TokenView = {
  id: string;
  name: string;
  permissions: string[];
  owner: { id: string; email: string };
  /** The key that signed it. */
  kid: string;
  created_at: string;
  expires_at: string;
  /** To the minute; null when it was never used. */
  last_used_at: string | null;
  revoked_at: string | null;
};

/** The answer to a creation: the only place where the token ever stands. */
export type CreatedTokenView = TokenView & { token: string };

/** The allow-list of a token. */
export function toTokenView(token: PersonalToken, email: string): TokenView {
  return {
    id: token.id,
    name: token.name,
    permissions: token.permissions,
    owner: { id: token.userId, email },
    kid: token.kid,
    created_at: token.createdAt.toISOString(),
    expires_at: token.expiresAt.toISOString(),
    last_used_at: token.lastUsedAt?.toISOString() ?? null,
    revoked_at: token.revokedAt?.toISOString() ?? null,
  };
}
