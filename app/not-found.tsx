// What stands where nothing is, or where you may not know that something is.
"use client";

import type { ReactElement } from "react";
import { StatusScreen } from "#components/shell/status-screen.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";

export default function NotFound(): ReactElement {
  return (
    <StatusScreen code="404" title="Nothing is sealed here" tab="Not found">
      <p>The page does not exist, or it belongs to an organization that you are not a member of.</p>
      <ButtonLink href="/" tone="secondary">
        Back to the start
      </ButtonLink>
    </StatusScreen>
  );
}
