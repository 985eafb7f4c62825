import "server-only";
// Reads an ID token that comes back as a hint: ours, whatever became of its key, and however long ago it ended.
import { verifyPastJwt } from "../crypto/jws.ts";
import { env } from "../env.ts";
import { isAppError } from "../errors.ts";
import { findPastKey } from "../keys/past-keys.ts";
import { ID_TOKEN_TYPE } from "./id-token.ts";
import { issuerOf } from "./issuer.ts";

/** Whom an ID token once told about, to which client, and in which session. */
export type IdTokenHint = { userId: string; clientId: string; sessionId: string | null };

/** What a hint says, or null when it is no ID token that this organization once issued. */
export async function readIdTokenHint(organizationId: string, token: string): Promise<IdTokenHint | null> {
  try {
    const { sub, aud, sid } = await verifyPastJwt(token, {
      findKey: (kid) => findPastKey(organizationId, kid),
      issuer: issuerOf(env().publicUrl, organizationId),
      typ: ID_TOKEN_TYPE,
    });
    if (typeof sub !== "string" || typeof aud !== "string") return null;
    return { userId: sub, clientId: aud, sessionId: typeof sid === "string" ? sid : null };
  } catch (error) {
    if (isAppError(error, "auth.invalid_token")) return null;
    throw error;
  }
}
