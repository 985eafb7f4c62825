// What a person or a program gets while the portal is starting or starting again.
import { isApiPath } from "../auth/callback-path.ts";
import { AppError } from "../errors.ts";
import type { EndpointResponse } from "../http/endpoint.ts";
import { toProblem } from "../http/problem.ts";

const SECONDS_UNTIL_RETRY = "1";

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="${SECONDS_UNTIL_RETRY}">
<title>Signet is starting</title>
<style>
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { min-height: 100vh; margin: 0; display: grid; place-items: center; background: Canvas; color: CanvasText; }
main { max-width: 26rem; padding: 2rem; text-align: center; }
h1 { font-size: 1.25rem; font-weight: 600; }
p { opacity: 0.75; }
</style>
</head>
<body>
<main role="status">
<h1>The portal is starting</h1>
<p>Keys and tokens are being served as always. This page tries again by itself.</p>
</main>
</body>
</html>
`;

/** 503 with Retry-After: a page that reloads itself for a browser, a problem document for programs and wherever only they ask. */
export function portalAway(path: string, acceptsHtml: boolean): EndpointResponse {
  const headers = { "cache-control": "no-store", "retry-after": SECONDS_UNTIL_RETRY };
  if (acceptsHtml && !isApiPath(path)) {
    return { status: 503, headers: { ...headers, "content-type": "text/html; charset=utf-8" }, body: PAGE };
  }
  const error = new AppError("portal.unavailable", "The portal is starting; try again in a moment.");
  const problem = toProblem(error, crypto.randomUUID());
  return {
    status: 503,
    headers: { ...headers, "content-type": "application/problem+json" },
    body: JSON.stringify(problem),
  };
}
