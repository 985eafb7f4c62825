// Tells whether a form was sent from a page of this very site.

/**
 * True for a request that one of our own pages made. Browsers say with every POST where it comes from; what says nothing at
 * all is no browser, and carries no cookie that it does not own.
 * @see https://fetch.spec.whatwg.org/#origin-header
 */
export function isSameOrigin(headers: Headers): boolean {
  const origin = headers.get("origin");
  if (origin === null) return ["same-origin", "none", null].includes(headers.get("sec-fetch-site"));
  const host = headers.get("x-forwarded-host") ?? headers.get("host");
  return URL.canParse(origin) && new URL(origin).host === host;
}
