import "server-only";
// The public door of the personal access tokens: made and revoked by people, used by their programs.
import { recordAuditEvent } from "../audit/repository.ts";
import type { Actor } from "../auth/actor.ts";
import { randomToken } from "../crypto/digest.ts";
import { changeOrganization } from "../db/transaction.ts";
import { env } from "../env.ts";
import { AppError } from "../errors.ts";
import { getTokenSigner } from "../keys/signing.ts";
import { ACCESS_TOKEN_TYPE } from "../oidc/access-token.ts";
import { issuerOf, managementAudience } from "../oidc/issuer.ts";
import { type Page, type Paging, readTimeCursor, toPage } from "../paging.ts";
import { findManyTokens, findToken, insertToken, tokenCursorKey, updateRevokedAt } from "./repository.ts";
import { type CreateTokenInput, tokenIdSchema } from "./schema.ts";
import { isUsable, type PersonalToken, PORTAL_CLIENT_ID } from "./token.ts";
import { type CreatedTokenView, type TokenView, toTokenView } from "./view.ts";

const IDENTIFIER_BYTES = 16;
const SECONDS_PER_DAY = 86_400;

/**
 * Makes a personal access token for the person behind the actor, with at most the actor's permissions. It is signed
 * first (so its end is in the evidence of the key), and handed out only once its row and audit event are stored.
 * @throws auth.forbidden token.permission_not_held
 */
export async function createToken(
  actor: Actor,
  input: CreateTokenInput,
  now: Date = new Date(),
): Promise<CreatedTokenView> {
  const userId = requirePerson(actor);
  refuseUnheldPermissions(actor, input);
  const { organizationId } = actor;
  const signer = await getTokenSigner(organizationId);
  const token = toNewToken({ organizationId, userId, kid: signer.kid }, input, now);
  const signed = await signer.sign({
    typ: ACCESS_TOKEN_TYPE,
    claims: toClaims(token),
    onOtherKey: ({ kid }) => {
      token.kid = kid;
    },
  });
  const owner = await changeOrganization(organizationId, async (transaction) => {
    await insertToken(organizationId, token, transaction);
    await recordAuditEvent(
      transaction,
      actor,
      {
        action: "token.created",
        target: { type: "token", id: token.id, name: token.name },
        kid: token.kid,
        after: toAuditState(token),
      },
      now,
    );
    return findToken(organizationId, token.id, transaction);
  });
  return { ...toTokenView(token, owner?.holder.email ?? ""), token: signed };
}

/**
 * One page of tokens, latest first: those of the person, or everybody's for who manages members.
 * @throws auth.forbidden request.invalid
 */
export async function listTokens(actor: Actor, { limit, cursor }: Paging): Promise<Page<TokenView>> {
  const userId = actor.permissions.has("members.manage") ? null : requirePerson(actor);
  const after = readTimeCursor(cursor);
  const rows = await findManyTokens(actor.organizationId, { userId, after, take: limit + 1 });
  return toPage(rows, {
    limit,
    keyOf: tokenCursorKey,
    toItem: ({ token, holder }) => toTokenView(token, holder.email),
  });
}

/**
 * Revokes a token at once; revoking it again changes nothing. Other people's tokens need `members.manage`; without it
 * they answer like missing ones.
 * @throws token.not_found
 */
export async function revokeToken(actor: Actor, { id }: { id: string }, now: Date = new Date()): Promise<TokenView> {
  const { organizationId } = actor;
  return changeOrganization(organizationId, async (transaction) => {
    const found = tokenIdSchema.safeParse({ id }).success ? await findToken(organizationId, id, transaction) : null;
    if (found === null || !isWithinReach(actor, found.token)) {
      throw new AppError("token.not_found", "There is no such token.");
    }
    const { token, holder } = found;
    if (token.revokedAt !== null) return toTokenView(token, holder.email);
    const revoked = { ...token, revokedAt: now };
    await updateRevokedAt(organizationId, { id, at: now }, transaction);
    await recordAuditEvent(
      transaction,
      actor,
      {
        action: "token.revoked",
        target: { type: "token", id, name: token.name },
        kid: token.kid,
        before: toAuditState(token),
        after: toAuditState(revoked),
      },
      now,
    );
    return toTokenView(revoked, holder.email);
  });
}

/** True while a personal access token, whose signature the caller has verified, works for this person; no use is noted. */
export async function isPersonalTokenUsable(
  organizationId: string,
  { id, userId }: { id: string; userId: string },
  now: Date,
): Promise<boolean> {
  const found = await findToken(organizationId, id);
  return found !== null && found.token.userId === userId && isUsable(found.token, found.holder, now);
}

function requirePerson(actor: Actor): string {
  if (actor.userId !== null) return actor.userId;
  throw new AppError("auth.forbidden", "Personal access tokens belong to people; an application has none.");
}

function isWithinReach(actor: Actor, token: PersonalToken): boolean {
  return actor.permissions.has("members.manage") || actor.userId === token.userId;
}

function refuseUnheldPermissions(actor: Actor, { permissions }: CreateTokenInput): void {
  const missing = permissions.find((permission) => !actor.permissions.has(permission));
  if (missing === undefined) return;
  const message = `A token can only carry permissions that its maker has; ${missing} is not among them.`;
  throw new AppError("token.permission_not_held", message, {
    errors: [{ field: "permissions", code: "permission_not_held", message }],
  });
}

function toNewToken(
  origin: { organizationId: string; userId: string; kid: string },
  input: CreateTokenInput,
  now: Date,
): PersonalToken {
  const issuedAt = Math.floor(now.getTime() / 1000);
  return {
    ...origin,
    id: randomToken(IDENTIFIER_BYTES),
    name: input.name,
    permissions: input.permissions,
    createdAt: now,
    expiresAt: new Date((issuedAt + input.expires_in_days * SECONDS_PER_DAY) * 1000),
    lastUsedAt: null,
    revokedAt: null,
  };
}

/** @see RFC 9068 section 2.2 */
function toClaims(token: PersonalToken): Record<string, unknown> & { exp: number } {
  const { publicUrl } = env();
  return {
    iss: issuerOf(publicUrl, token.organizationId),
    sub: token.userId,
    client_id: PORTAL_CLIENT_ID,
    aud: managementAudience(publicUrl),
    exp: token.expiresAt.getTime() / 1000,
    iat: Math.floor(token.createdAt.getTime() / 1000),
    jti: token.id,
    scope: token.permissions.join(" "),
  };
}

function toAuditState({ permissions, expiresAt, revokedAt }: PersonalToken): Record<string, unknown> {
  return { permissions, expires_at: expiresAt.toISOString(), revoked_at: revokedAt?.toISOString() ?? null };
}
