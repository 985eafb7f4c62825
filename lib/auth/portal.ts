import "server-only";
// Who is at the portal: turns the session cookie of this request into a person, and into an actor of one organization.
import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import { AppError, isAppError } from "../errors.ts";
import type { Actor } from "./actor.ts";
import { PATH_HEADER, safeCallbackPath } from "./callback-path.ts";
import { readSessionSecret } from "./cookie.ts";
import { permissionsOfRole } from "./permissions.ts";
import { requestOrigin } from "./request-origin.ts";
import { findSignedIn, type SignedIn } from "./service.ts";
import { isProofFresh } from "./session.ts";

/** The person at the portal, or null; read once per request. */
export const currentSignedIn: () => Promise<SignedIn | null> = cache(async () => {
  const secret = await readSessionSecret();
  return secret === null ? null : findSignedIn(secret);
});

const currentOrigin = cache(requestOrigin);

/**
 * The person at the portal as an actor of one organization; read anew with each request, so that a role that was taken away
 * counts for nothing at once.
 * @throws auth.unauthenticated when nobody is signed in
 * @throws organization.not_found alike for a missing organization and for one that the person is not a member of
 */
export async function portalActor(organizationId: string): Promise<Actor> {
  const signedIn = await currentSignedIn();
  if (!signedIn) throw new AppError("auth.unauthenticated", "Your session has ended. Sign in again.");
  const membership = signedIn.memberships.find((candidate) => candidate.organizationId === organizationId);
  if (!membership) throw new AppError("organization.not_found", "There is no such organization.");
  const { address, requestId } = await currentOrigin();
  return {
    type: "user",
    id: signedIn.user.id,
    name: signedIn.user.email,
    userId: signedIn.user.id,
    role: membership.role,
    organizationId,
    permissions: permissionsOfRole(membership.role),
    address,
    requestId,
  };
}

/**
 * Asks for a sign-in of late, before what cannot be undone or gives access.
 * @throws auth.reauthentication_required when the person signed in too long ago
 */
export async function requireFreshProof(now: Date): Promise<void> {
  const signedIn = await currentSignedIn();
  if (signedIn !== null && isProofFresh(signedIn, now)) return;
  throw new AppError("auth.reauthentication_required", "You signed in a while ago. Confirm that it is still you.");
}

/** For pages: as {@link portalActor}, but leads to the sign-in page, or to the 404 page. */
export async function requirePortalActor(organizationId: string): Promise<Actor> {
  try {
    return await portalActor(organizationId);
  } catch (error) {
    if (isAppError(error, "organization.not_found")) notFound();
    if (isAppError(error, "auth.unauthenticated")) return redirectToSignIn();
    throw error;
  }
}

/** For pages that belong to no organization: the person at the portal, or the sign-in page. */
export async function requireSignedIn(): Promise<SignedIn> {
  return (await currentSignedIn()) ?? redirectToSignIn();
}

async function redirectToSignIn(): Promise<never> {
  const path = safeCallbackPath((await headers()).get(PATH_HEADER));
  redirect(path === "/" ? "/sign-in" : `/sign-in?callback=${encodeURIComponent(path)}`);
}
