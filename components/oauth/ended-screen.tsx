// Says that an application's request is over.
import type { ReactElement } from "react";
import { StatusScreen } from "#components/shell/status-screen.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";

/** A request that was answered, has ended, or never was. */
export function EndedScreen(): ReactElement {
  return (
    <StatusScreen code="Ended" title="This request has ended">
      <p>It was answered already, or it waited too long. Go back to the application and start again.</p>
      <ButtonLink href="/" tone="secondary">
        To Signet itself
      </ButtonLink>
    </StatusScreen>
  );
}
