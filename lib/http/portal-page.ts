import "server-only";
// The wrapper of what a portal page reads: who reads, a refusal that is audited and looks like a page that does not exist.
import { headers } from "next/headers";
import { notFound, unstable_rethrow } from "next/navigation";
import type { Actor } from "../auth/actor.ts";
import { PATH_HEADER } from "../auth/callback-path.ts";
import { requirePortalActor } from "../auth/portal.ts";
import { type ErrorCode, isAppError } from "../errors.ts";
import { noteFailure } from "./route.ts";

/** Refusals that look like a page that does not exist. */
const NOT_HERE: ErrorCode[] = [
  "auth.forbidden",
  "request.invalid",
  "application.not_found",
  "certificate.not_found",
  "key.not_found",
];

/** Reads for a page of an organization; strangers, the signed-out and those without the permission never get further. */
export async function portalPage<Data>(
  params: Promise<{ orgId: string }>,
  read: (call: { actor: Actor; now: Date }) => Promise<Data>,
): Promise<Data> {
  const actor = await requirePortalActor((await params).orgId);
  try {
    return await read({ actor, now: new Date() });
  } catch (error) {
    unstable_rethrow(error);
    const path = (await headers()).get(PATH_HEADER) ?? "";
    await noteFailure(error, actor, `page ${path}`.slice(0, 300), actor.requestId);
    if (isAppError(error, ...NOT_HERE)) notFound();
    throw error;
  }
}
