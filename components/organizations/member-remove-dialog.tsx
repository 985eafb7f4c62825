// Asks before a membership ends.
"use client";

import type { ReactElement } from "react";
import { ActionFailureNotice } from "#components/ui/action-failure-notice.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { type Action, useAction } from "#components/ui/use-action.ts";
import { useToast } from "#components/ui/use-toast.ts";
import type { RemoveMemberInput } from "#lib/organizations/schema.ts";
import type { MemberView } from "#lib/organizations/view.ts";

type MemberRemoveDialogProps = {
  open: boolean;
  onOpenChange: (isOpen: boolean) => void;
  member: MemberView;
  removeAction: Action<RemoveMemberInput, unknown>;
};

/** The confirmation. */
export function MemberRemoveDialog({
  open,
  onOpenChange,
  member,
  removeAction,
}: MemberRemoveDialogProps): ReactElement {
  const toast = useToast();
  const { run, isPending, failure } = useAction(removeAction, () => {
    onOpenChange(false);
    toast({ title: `${member.email} is no longer a member`, tone: "positive" });
  });
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      isAlert
      size="small"
      isBusy={isPending}
      title={`Remove ${member.name}?`}
      description="They lose access to this organization at once, and their access tokens stop working here. The account stays."
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button tone="danger" isPending={isPending} onClick={() => run({ user_id: member.user_id })}>
            Remove
          </Button>
        </>
      }
    >
      {failure === null ? undefined : <ActionFailureNotice failure={failure} />}
    </Dialog>
  );
}
