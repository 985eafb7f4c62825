import "server-only";
// The facts about a request that services and logs need: its id and where it came from.

/** One request's identity: `requestId` is ours, `address` is what the public plane saw. */
export type RequestContext = { requestId: string; address: string };

/** The context of a request by its headers (the public plane replaces any forwarding header a client sent). */
export function requestContext(headers: Headers): RequestContext {
  return {
    requestId: crypto.randomUUID(),
    address: headers.get("x-forwarded-for")?.split(",", 1)[0]?.trim() || "unknown",
  };
}
