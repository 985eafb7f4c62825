// Asks before something that cannot be undone.
"use client";

import type { ComponentProps, ReactElement, ReactNode } from "react";
import { ActionFailureNotice } from "#components/ui/action-failure-notice.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { DialogCancel } from "#components/ui/dialog-cancel.tsx";
import type { RunningAction } from "#components/ui/use-action.ts";

type ConfirmDialogProps = Pick<
  ComponentProps<typeof Dialog>,
  "open" | "onOpenChange" | "title" | "description" | "finalFocus"
> &
  Pick<RunningAction<never>, "isPending" | "failure"> & {
    /** The button that does it, such as "Delete secret". */
    confirmLabel: string;
    onConfirm: () => void;
    /** What else there is to know. */
    children?: ReactNode;
  };

/** The dialog; it stays open and says why when the action fails. */
export function ConfirmDialog(props: ConfirmDialogProps): ReactElement {
  const { confirmLabel, onConfirm, isPending, failure, children, ...dialog } = props;
  return (
    <Dialog
      {...dialog}
      isAlert
      isBusy={isPending}
      size="small"
      footer={
        <>
          <DialogCancel />
          <Button tone="danger" isPending={isPending} onClick={onConfirm}>
            {confirmLabel}
          </Button>
        </>
      }
    >
      {failure === null ? null : <ActionFailureNotice failure={failure} />}
      {children}
    </Dialog>
  );
}
