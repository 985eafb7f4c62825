// Puts the security headers on every page, and tells the page its nonce and its own path. Machine endpoints, and addresses
// that browsers are only led through, pass it by.
import { type NextRequest, NextResponse } from "next/server";
import { PATH_HEADER } from "#lib/auth/callback-path.ts";
import { env, isDevelopmentServer } from "#lib/env.ts";
import { pageHeaders } from "#lib/http/page-headers.ts";
import { formDestination } from "#lib/oidc/authorization-handle.ts";

export function proxy(request: NextRequest): NextResponse {
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64");
  const added = pageHeaders({
    nonce,
    isDevelopmentServer: isDevelopmentServer(),
    isSecureSite: env().publicUrl.startsWith("https://"),
    formDestination: formDestination(request.nextUrl),
  });
  const headers = new Headers(request.headers);
  headers.set(PATH_HEADER, request.nextUrl.pathname + request.nextUrl.search);
  // Next reads the nonce for its own scripts out of the request's policy.
  headers.set("content-security-policy", added["content-security-policy"] ?? "");
  const response = NextResponse.next({ request: { headers } });
  for (const [name, value] of Object.entries(added)) response.headers.set(name, value);
  return response;
}

export const config = {
  matcher: [
    "/((?!api/|sign-in/session$|_next/|healthz$|readyz$|\\.well-known/|orgs/[^/]+/(?:\\.well-known|saml)(?:/|$)|orgs/[^/]+/oauth/(?!consent$|logout/confirm$)|[^/]+\\.[a-z0-9]+$).*)",
  ],
};
