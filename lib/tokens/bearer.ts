import "server-only";
// Tells who a bearer is at the management API: a person's program by its personal access token, or an OIDC client.
import { findOidcClient } from "../applications/service.ts";
import type { Actor } from "../auth/actor.ts";
import { isPermission, withImplied } from "../auth/permissions.ts";
import type { RequestContext } from "../auth/request-context.ts";
import { env } from "../env.ts";
import { AppError } from "../errors.ts";
import { managementAudience, organizationOfIssuer } from "../oidc/issuer.ts";
import { hasAudience, type VerifiedToken, verifyAccessToken } from "../oidc/token-verification.ts";
import { findToken, updateLastUsedAt } from "./repository.ts";
import { effectivePermissions, isUsable } from "./token.ts";

const MAXIMUM_TOKEN_BYTES = 8192;
const LAST_USE_PRECISION_MILLISECONDS = 60_000;
const CREDENTIALS = /^Bearer +([A-Za-z0-9._~+/-]+=*) *$/i;

type BearerRequest = { authorization: string | undefined; address: string; requestId: string };
type Origin = Omit<BearerRequest, "authorization">;

/** The actor behind a management request. @throws auth.unauthenticated auth.invalid_token */
export async function bearerActor({ headers }: Pick<Request, "headers">, context: RequestContext): Promise<Actor> {
  return authenticateBearer({ authorization: headers.get("authorization") ?? undefined, ...context });
}

/**
 * The actor behind an `Authorization: Bearer` header. The organization is read from the unverified issuer, then
 * everything is verified with that organization's published keys.
 * @throws auth.unauthenticated auth.invalid_token
 * @see RFC 6750 section 2.1 and RFC 9068 section 4
 */
export async function authenticateBearer(request: BearerRequest, now: Date = new Date()): Promise<Actor> {
  const token = readCredentials(request.authorization);
  const { publicUrl } = env();
  const organizationId = organizationOfIssuer(publicUrl, readUnverifiedIssuer(token));
  if (organizationId === null) throw invalidToken();
  const verified = await verifyAccessToken(organizationId, token, now);
  // A person's sign-in to an application is for that application; it does not act for the person here.
  if (!hasAudience(verified, managementAudience(publicUrl)) || verified.userId !== null) throw invalidToken();
  return verified.isPersonal ? personActor(verified, request, now) : clientActor(verified, request);
}

async function personActor(
  { organizationId, claims }: VerifiedToken,
  { address, requestId }: Origin,
  now: Date,
): Promise<Actor> {
  const found = await findToken(organizationId, claims.jti);
  if (found === null || found.token.userId !== claims.sub) throw invalidToken();
  const { token, holder } = found;
  if (holder.membership === null || !isUsable(token, holder, now)) throw invalidToken();
  await noteUse(organizationId, token, now);
  return {
    type: "token",
    id: token.id,
    name: token.name,
    userId: token.userId,
    role: holder.membership.role,
    organizationId,
    permissions: effectivePermissions(token, holder.membership.role),
    address,
    requestId,
  };
}

async function clientActor(
  { organizationId, claims, scopes }: VerifiedToken,
  { address, requestId }: Origin,
): Promise<Actor> {
  const application = await findOidcClient(organizationId, claims.client_id);
  if (application === null) throw invalidToken();
  const permissions = application.scopes.filter(isPermission).filter((permission) => scopes.has(permission));
  return {
    type: "client",
    id: application.clientId,
    name: application.name,
    userId: null,
    role: null,
    organizationId,
    permissions: withImplied(permissions),
    address,
    requestId,
  };
}

async function noteUse(
  organizationId: string,
  { id, lastUsedAt }: { id: string; lastUsedAt: Date | null },
  now: Date,
): Promise<void> {
  const notSince = new Date(now.getTime() - LAST_USE_PRECISION_MILLISECONDS);
  if (lastUsedAt !== null && lastUsedAt >= notSince) return;
  await updateLastUsedAt(organizationId, { id, at: now, notSince });
}

function readCredentials(authorization: string | undefined): string {
  if (authorization === undefined || authorization === "") throw unauthenticated();
  if (authorization.length > MAXIMUM_TOKEN_BYTES) throw invalidToken();
  const token = CREDENTIALS.exec(authorization)?.[1];
  if (token !== undefined) return token;
  throw /^Bearer\b/i.test(authorization) ? invalidToken() : unauthenticated();
}

/** Believed only so far as to choose whose keys to verify with. */
function readUnverifiedIssuer(token: string): string {
  try {
    const payload: unknown = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8"));
    const issuer = (payload as { iss?: unknown } | null)?.iss;
    return typeof issuer === "string" ? issuer : "";
  } catch {
    return "";
  }
}

function unauthenticated(): AppError {
  return new AppError("auth.unauthenticated", "This needs a token: Authorization: Bearer <token>.");
}

function invalidToken(): AppError {
  return new AppError("auth.invalid_token", "The token is not valid here.");
}
