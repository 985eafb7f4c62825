// What a page gets before it is drawn: a nonce with the policy that asks for it, the other security headers, and its own path.
import { PATH_HEADER } from "../auth/callback-path.ts";
import { env, isDevelopmentServer } from "../env.ts";
import { pageHeaders } from "../http/page-headers.ts";
import { formDestination } from "../oidc/authorization-handle.ts";

/**
 * The paths of pages, as proxy.ts writes them for Next, which reads that file without running it. Machine endpoints, and
 * addresses that browsers are only led through, are none.
 */
export const PAGE_PATHS =
  "/((?!api(?:/|$)|sign-in/session$|_next/|healthz$|readyz$|\\.well-known/|orgs/[^/]+/(?:\\.well-known|saml)(?:/|$)|orgs/[^/]+/oauth/(?!consent$|logout/confirm$)|favicon\\.ico$|icon\\.svg$).*)";

const pagePath = new RegExp(`^${PAGE_PATHS}$`);
/** With this, Next's router asks for a page's data; it is not part of the page's address. */
const ROUTER_PARAMETER = "_rsc";

/** Headers by their lower-case names: what Next and the page are told, and what the browser is. */
export type PageFrame = { request: Record<string, string>; response: Record<string, string> };

/** True for a path at which a page can be. */
export function isPagePath(path: string): boolean {
  return pagePath.test(path);
}

/** The frame of the page at an address; every page needs one of its own. */
export function framePage(address: URL): PageFrame {
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64");
  const response = pageHeaders({
    nonce,
    isDevelopmentServer: isDevelopmentServer(),
    isSecureSite: env().publicUrl.startsWith("https://"),
    formDestination: formDestination(address),
  });
  const request = {
    [PATH_HEADER]: address.pathname + searchOf(address),
    // Next reads the nonce for its own scripts out of the request's policy.
    "content-security-policy": response["content-security-policy"] ?? "",
  };
  return { request, response };
}

function searchOf({ search, searchParams }: URL): string {
  if (!searchParams.has(ROUTER_PARAMETER)) return search;
  const own = new URLSearchParams(searchParams);
  own.delete(ROUTER_PARAMETER);
  return own.size === 0 ? "" : `?${own}`;
}
