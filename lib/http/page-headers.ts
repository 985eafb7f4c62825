// The security headers of every page, with a Content Security Policy that lets only our own scripts run.

/** What the headers depend on; the nonce is new with each page. */
export type PageHeadersInput = {
  nonce: string;
  isDevelopmentServer: boolean;
  isSecureSite: boolean;
  /** An origin or a scheme that the page's form leads to by redirects: the application that the person is on the way to. */
  formDestination?: string | null;
};

/** The Content Security Policy of a page. @see https://www.w3.org/TR/CSP3/ */
export function contentSecurityPolicy(input: PageHeadersInput): string {
  const { nonce, isDevelopmentServer, isSecureSite, formDestination = null } = input;
  const directives: Record<string, string[]> = {
    "default-src": ["'self'"],
    // React in development rebuilds server stacks with eval.
    "script-src": ["'self'", `'nonce-${nonce}'`, "'strict-dynamic'", ...(isDevelopmentServer ? ["'unsafe-eval'"] : [])],
    // next dev puts style elements in without a nonce.
    "style-src": ["'self'", isDevelopmentServer ? "'unsafe-inline'" : `'nonce-${nonce}'`],
    // Menus and dialogs are placed by style attributes, which no nonce can cover.
    "style-src-attr": ["'unsafe-inline'"],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'", ...(isDevelopmentServer ? ["ws:"] : [])],
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "form-action": ["'self'", ...(formDestination === null ? [] : [formDestination])],
    "frame-ancestors": ["'none'"],
    ...(isSecureSite ? { "upgrade-insecure-requests": [] } : {}),
  };
  return Object.entries(directives)
    .map(([name, values]) => [name, ...values].join(" "))
    .join("; ");
}

/** Every security header of a page by its lower-case name. */
export function pageHeaders(input: PageHeadersInput): Record<string, string> {
  return {
    "content-security-policy": contentSecurityPolicy(input),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    // An application may have opened the page in a window of its own, and waits for it there.
    ...(input.formDestination ? {} : { "cross-origin-opener-policy": "same-origin" }),
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    ...(input.isSecureSite ? { "strict-transport-security": "max-age=63072000" } : {}),
  };
}
