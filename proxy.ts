// Frames pages where Next is asked directly (`next dev`). The portal's process does so itself before it asks Next, which makes
// a page a tenth faster, and says it by the header that a framed request has; those pass this file by.
import { type NextRequest, NextResponse } from "next/server";
import { framePage } from "#lib/portal/page-frame.ts";

export function proxy(request: NextRequest): NextResponse {
  const frame = framePage(request.nextUrl);
  const headers = new Headers(request.headers);
  for (const [name, value] of Object.entries(frame.request)) headers.set(name, value);
  const response = NextResponse.next({ request: { headers } });
  for (const [name, value] of Object.entries(frame.response)) response.headers.set(name, value);
  return response;
}

export const config = {
  matcher: [
    {
      source:
        "/((?!api(?:/|$)|sign-in/session$|_next/|healthz$|readyz$|\\.well-known/|orgs/[^/]+/(?:\\.well-known|saml)(?:/|$)|orgs/[^/]+/oauth/(?!consent$|logout/confirm$)|favicon\\.ico$|icon\\.svg$).*)",
      missing: [{ type: "header", key: "x-signet-path" }],
    },
  ],
};
