// Where to go after signing in: only ever a path of this very site.

/** The header in which proxy.ts tells a page its own path and query. */
export const PATH_HEADER = "x-signet-path";

/** The path that was asked for, or "/" when it could lead elsewhere (`//host`, backslashes, schemes, control characters). */
export function safeCallbackPath(value: unknown): string {
  if (typeof value !== "string" || value.length > 2000) return "/";
  if (!value.startsWith("/") || value.startsWith("//") || value.includes("\\")) return "/";
  // Browsers drop tabs and line breaks before they read an address, which would bring "//" back.
  if ([...value].some((character) => character <= " " || character === "\u007f")) return "/";
  const base = "http://signet.invalid";
  if (!URL.canParse(value, base)) return "/";
  const url = new URL(value, base);
  if (url.origin !== base || url.pathname.startsWith("//")) return "/";
  if (url.pathname === "/sign-in" || isApiPath(url.pathname)) return "/";
  return url.pathname + url.search + url.hash;
}

/** Whether programs ask there: the management API, and all that is missing beside it. A person is never led to such a path. */
export function isApiPath(path: string): boolean {
  return path === "/api" || path.startsWith("/api/");
}
