// What a person sees when a page fails: that it failed, a reference for the log, and a way on. Never a stack.
"use client";

import type { ReactElement } from "react";
import { errorReference } from "#components/shell/error-reference.ts";
import { StatusScreen } from "#components/shell/status-screen.tsx";
import { Button } from "#components/ui/button.tsx";

export default function ErrorPage({ error, retry }: { error: unknown; retry: () => void }): ReactElement {
  return (
    <StatusScreen code="500" title="This page could not be shown" reference={errorReference(error)}>
      <p>Your keys are untouched, and tokens are still being signed and verified.</p>
      <Button tone="secondary" onClick={() => retry()}>
        Try again
      </Button>
    </StatusScreen>
  );
}
