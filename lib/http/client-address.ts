import "server-only";
// Which address a request came from, believing only the forwarding headers that our own proxies wrote.
import type { IncomingMessage } from "node:http";
import { env } from "../env.ts";

/**
 * The address of the caller. Without trusted proxies that is the other end of the socket; with N of them,
 * the N-th entry of X-Forwarded-For from the right, because everything left of it can be the caller's invention.
 */
export function clientAddress(request: IncomingMessage): string {
  const direct = request.socket.remoteAddress ?? "unknown";
  const { trustedProxies } = env();
  if (trustedProxies === 0) return direct;
  const forwarded = request.headers["x-forwarded-for"];
  if (typeof forwarded !== "string") return direct;
  const hops = forwarded.split(",").map((hop) => hop.trim());
  return hops.at(-trustedProxies) || direct;
}
