// The last net, for when the frame itself fails; it brings its own html element.
"use client";

import { type ReactElement, useSyncExternalStore } from "react";
import { errorReference } from "#components/shell/error-reference.ts";
import { StatusScreen } from "#components/shell/status-screen.tsx";
import { Button } from "#components/ui/button.tsx";
import { readThemeCookie } from "#components/ui/theme.ts";
import "./globals.css";

const subscribeToNothing = (): (() => void) => () => undefined;

export default function GlobalError({ error, retry }: { error: unknown; retry: () => void }): ReactElement {
  const theme = useSyncExternalStore(subscribeToNothing, readThemeCookie, () => "system" as const);
  return (
    <html lang="en" data-theme={theme}>
      <body>
        <StatusScreen code="500" title="Signet could not be shown" reference={errorReference(error)}>
          <p>
            Try again. If it fails again, give the reference to whoever runs Signet; it leads to the entry in the log.
          </p>
          <Button tone="secondary" onClick={() => retry()}>
            Try again
          </Button>
        </StatusScreen>
      </body>
    </html>
  );
}
