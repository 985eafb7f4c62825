// The three themes, and the cookie in which the browser remembers the choice.

/** The cookie that the root layout reads. */
export const themeCookieName = "signet-theme";

/** Light, dark, or whatever the operating system prefers. */
export type Theme = "light" | "dark" | "system";

/** The themes in the order in which they are offered. */
export const themes: readonly Theme[] = ["system", "light", "dark"];

/** Reads a cookie's value; anything unknown means system. */
export function parseTheme(value: string | undefined): Theme {
  return themes.find((theme) => theme === value) ?? "system";
}

/** Reads the theme out of the browser's cookies. */
export function readThemeCookie(): Theme {
  const entry = document.cookie.split("; ").find((part) => part.startsWith(`${themeCookieName}=`));
  return parseTheme(entry?.slice(themeCookieName.length + 1));
}
