import "server-only";
// Finds the sign-in behind a refresh token; every function touches one organization only.
import { database } from "../db/client.ts";

/** A refresh token with the session that it keeps going. */
export type RefreshGrantRow = NonNullable<Awaited<ReturnType<typeof findRefreshGrantRow>>>;

/** A refresh token by its SHA-256 (base64url), used or not, with its session, client and person. */
export async function findRefreshGrantRow(organizationId: string, id: string) {
  return database().refreshToken.findFirst({
    where: { id, organizationId },
    select: {
      createdAt: true,
      expiresAt: true,
      usedAt: true,
      session: {
        select: {
          id: true,
          userId: true,
          subject: true,
          scope: true,
          expiresAt: true,
          revokedAt: true,
          startedAt: true,
          application: { select: { clientId: true } },
        },
      },
    },
  });
}
