import "server-only";
// The public door of the issuer for people: where programs find it.
import type { Actor } from "../auth/actor.ts";
import { env } from "../env.ts";
import { endpointUrls, type IssuerUrlName } from "./issuer.ts";

/** The addresses of the actor's organization as issuer; they are public. */
export function getIssuerUrls(actor: Actor): Record<IssuerUrlName, string> {
  return endpointUrls(env().publicUrl, actor.organizationId);
}
