// A button over a list of sessions that revokes many of them after asking.
"use client";

import { Ban } from "lucide-react";
import type { ReactElement } from "react";
import type { RevocationTarget, RevokeSessionsActions } from "#components/sessions/session-action.ts";
import { SessionRevokeDialog } from "#components/sessions/session-revoke-dialog.tsx";
import { Button } from "#components/ui/button.tsx";
import { useDialog } from "#components/ui/use-dialog.ts";

type SessionRevokeButtonProps = {
  target: RevocationTarget;
  label: string;
  size?: "small";
  /** The server's clock, ISO 8601. */
  now: string;
  revokeActions: RevokeSessionsActions;
};

/** The button and its dialog. */
export function SessionRevokeButton({ label, size, ...rest }: SessionRevokeButtonProps): ReactElement {
  const dialog = useDialog();
  return (
    <>
      <Button size={size} icon={<Ban className="size-4" aria-hidden="true" />} onClick={dialog.show}>
        {label}
      </Button>
      <SessionRevokeDialog key={dialog.key} open={dialog.isOpen} onOpenChange={dialog.setOpen} {...rest} />
    </>
  );
}
