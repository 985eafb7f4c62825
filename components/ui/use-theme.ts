// Reads and changes the theme of the page; the attribute on the html element is the truth, the cookie its memory.
"use client";

import { useSyncExternalStore } from "react";
import { parseTheme, type Theme, themeCookieName } from "#components/ui/theme.ts";

const changeEventName = "signet:theme";
const oneYearInSeconds = 31_536_000;

function subscribe(onChange: () => void): () => void {
  window.addEventListener(changeEventName, onChange);
  return () => window.removeEventListener(changeEventName, onChange);
}

function readAttribute(): Theme {
  return parseTheme(document.documentElement.dataset.theme);
}

function applyTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
  const secure = window.location.protocol === "https:" ? "; secure" : "";
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Firefox ESR and on plain http
  document.cookie = `${themeCookieName}=${theme}; path=/; max-age=${oneYearInSeconds}; samesite=lax${secure}`;
  window.dispatchEvent(new Event(changeEventName));
}

/** The theme now and the function that changes it; `initialTheme` is what the server rendered. */
export function useTheme(initialTheme: Theme = "system"): [Theme, (theme: Theme) => void] {
  const theme = useSyncExternalStore(subscribe, readAttribute, () => initialTheme);
  return [theme, applyTheme];
}
