// What a person sees inside the portal when one page fails; the sidebar stays.
"use client";

import { ServerCrash } from "lucide-react";
import type { ReactElement } from "react";
import { errorReference } from "#components/shell/error-reference.ts";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";

type PortalErrorProps = { error: unknown; retry: () => void };

export default function PortalError({ error, retry }: PortalErrorProps): ReactElement {
  const reference = errorReference(error);
  return (
    <div className="py-16">
      <h1 className="sr-only">Error</h1>
      <EmptyState
        icon={<ServerCrash aria-hidden="true" />}
        title="This page could not be shown"
        action={<Button onClick={() => retry()}>Try again</Button>}
      >
        <p>Your keys are untouched, and tokens are still being signed and verified.</p>
        {reference === null ? null : (
          <p className="mt-2 text-xs text-faint">
            Reference for the log: <code className="kid text-muted select-all">{reference}</code>
          </p>
        )}
      </EmptyState>
    </div>
  );
}
