// The handle of a request that waits for a person, and the place that it names for the policy of the pages on the way.

const HANDLE = /^[A-Za-z0-9_-]{43}\.([A-Za-z0-9_-]{0,2000})$/;
const PRIVATE_USE_SCHEME = /^[a-z][a-z0-9+.-]*:$/;
const ORIGIN = /^https?:\/\/[a-z0-9.:[\]-]+$/;
const RESUME_PATH = /^\/orgs\/([a-z0-9-]{1,63})\/oauth\/resume$/;

/**
 * A handle out of 256 random bits (base64url) and of where the person goes in the end. Storage knows the hash of the whole,
 * so that one whose place was exchanged leads nowhere.
 */
export function toHandle(randomBits: string, redirectUri: string): string {
  return `${randomBits}.${Buffer.from(toSource(redirectUri) ?? "").toString("base64url")}`;
}

/** True for what can be a handle. */
export function isHandle(value: unknown): value is string {
  return typeof value === "string" && HANDLE.test(value);
}

/** The path that goes on with a request after the person signed in. */
export function resumePath(organizationId: string, handle: string): string {
  return `/orgs/${organizationId}/oauth/resume?request=${handle}`;
}

/** The path of the sign-in page on the way to an application. */
export function signInPath(organizationId: string, handle: string): string {
  return `/sign-in?callback=${encodeURIComponent(resumePath(organizationId, handle))}`;
}

/** The path of the page that asks the person something. */
export function consentPath(organizationId: string, handle: string): string {
  return `/orgs/${organizationId}/oauth/consent?request=${handle}`;
}

/** The waiting request that a path leads back to, or null. */
export function readResumePath(path: string): { organizationId: string; handle: string } | null {
  const url = new URL(path, "http://signet.invalid");
  const organizationId = RESUME_PATH.exec(url.pathname)?.[1];
  const handle = url.searchParams.get("request");
  return organizationId !== undefined && isHandle(handle) ? { organizationId, handle } : null;
}

/**
 * Where the form of a page may lead by redirects, as a source of a Content Security Policy; null when only back here.
 * Browsers hold a form's whole chain of redirects against `form-action`, so the application has to be named there.
 * @see https://www.w3.org/TR/CSP3/#directive-form-action
 */
export function formDestination({ pathname, searchParams }: URL): string | null {
  if (/^\/orgs\/[^/]+\/oauth\/logout\/confirm$/.test(pathname)) {
    return toSource(searchParams.get("post_logout_redirect_uri") ?? "");
  }
  const handle = /^\/orgs\/[^/]+\/oauth\/consent$/.test(pathname)
    ? searchParams.get("request")
    : pathname === "/sign-in"
      ? handleOfCallback(searchParams.get("callback"))
      : null;
  const place = isHandle(handle) ? HANDLE.exec(handle)?.[1] : undefined;
  return place === undefined ? null : toSource(Buffer.from(place, "base64url").toString("utf8"));
}

function handleOfCallback(callback: string | null): string | null {
  if (callback === null || !callback.startsWith("/") || !URL.canParse(callback, "http://signet.invalid")) return null;
  return readResumePath(callback)?.handle ?? null;
}

/** An origin, or the scheme of an installed program. A host may hold characters that end a directive, so few are let in. */
function toSource(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const { protocol, origin } = new URL(address);
  if (protocol === "https:" || protocol === "http:") return ORIGIN.test(origin) ? origin : null;
  return protocol.includes(".") && PRIVATE_USE_SCHEME.test(protocol) ? protocol : null;
}
