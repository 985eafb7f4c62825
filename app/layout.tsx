// The frame of every page: language, theme from the cookie (no inline script), fonts, toasts.
import type { Metadata, Viewport } from "next";
import { cookies } from "next/headers";
import type { ReactElement, ReactNode } from "react";
import { AppProviders } from "#components/shell/app-providers.tsx";
import { parseTheme, themeCookieName } from "#components/ui/theme.ts";
import "./globals.css";

export const metadata: Metadata = {
  description: "Signing keys and certificates of your identity provider.",
  icons: { icon: { url: "/icon.svg", type: "image/svg+xml" } },
};

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f4f7f8" },
    { media: "(prefers-color-scheme: dark)", color: "#0a1114" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }): Promise<ReactElement> {
  const theme = parseTheme((await cookies()).get(themeCookieName)?.value);
  return (
    // The theme toggle changes the attribute before React hears of it.
    <html lang="en" data-theme={theme} suppressHydrationWarning>
      <body>
        <AppProviders>{children}</AppProviders>
      </body>
    </html>
  );
}
