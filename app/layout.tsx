// The frame of every page: language, theme from the cookie (no inline script), fonts, toasts.
import { cookies } from "next/headers";
import type { ReactElement, ReactNode } from "react";
import { AppProviders } from "#components/shell/app-providers.tsx";
import { parseTheme, themeCookieName } from "#components/ui/theme.ts";
import "./globals.css";

export default async function RootLayout({ children }: { children: ReactNode }): Promise<ReactElement> {
  const theme = parseTheme((await cookies()).get(themeCookieName)?.value);
  return (
    // The theme toggle changes the attribute before React hears of it.
    <html lang="en" data-theme={theme} suppressHydrationWarning>
      {/* Next's metadata comes after the page, and costs each page more than these elements do. */}
      <head>
        <meta name="description" content="Signing keys and certificates of your identity provider." />
        <meta name="theme-color" content="#f4f7f8" media="(prefers-color-scheme: light)" />
        <meta name="theme-color" content="#0a1114" media="(prefers-color-scheme: dark)" />
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
      </head>
      <body>
        <AppProviders>{children}</AppProviders>
      </body>
    </html>
  );
}
