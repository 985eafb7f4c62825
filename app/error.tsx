// What a person sees when a page fails: that it failed, a reference for the log, and a way on. Never a stack.
"use client";

import type { ReactElement } from "react";
import { errorReference } from "#components/shell/error-reference.ts";
import { StatusScreen } from "#components/shell/status-screen.tsx";
import { Button } from "#components/ui/button.tsx";

export default function ErrorPage({ error, retry }: { error: unknown; retry: () => void }): ReactElement {
  return (
    <StatusScreen code="500" title="This page could not be shown" reference={errorReference(error)}>
      <p>Try again. If it fails again, give the reference to whoever runs Signet; it leads to the entry in the log.</p>
      <Button tone="secondary" onClick={() => retry()}>
        Try again
      </Button>
    </StatusScreen>
  );
}
