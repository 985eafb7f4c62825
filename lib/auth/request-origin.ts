import "server-only";
// Where the request that is being answered came from.
import { headers } from "next/headers";
import { requestContext } from "./request-context.ts";
import type { RequestOrigin } from "./service.ts";

/** The origin of the current request of a page, an action or a route. */
export async function requestOrigin(): Promise<RequestOrigin> {
  const received = await headers();
  return { ...requestContext(received), userAgent: received.get("user-agent") ?? "" };
}
