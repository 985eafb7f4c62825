// Asks before a membership ends.
"use client";

import { type ReactElement, useRef } from "react";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { showToast } from "#components/ui/show-toast.ts";
import { type Action, useAction } from "#components/ui/use-action.ts";
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
  const isRemoved = useRef(false);
  const { run, isPending, failure } = useAction(removeAction, () => {
    isRemoved.current = true;
    onOpenChange(false);
    showToast({ title: `${member.email} is no longer a member`, tone: "positive" });
  });
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Remove ${member.name}?`}
      description="They lose access to this organization at once, and their access tokens stop working here. The account stays."
      confirmLabel="Remove"
      onConfirm={() => run({ user_id: member.user_id })}
      isPending={isPending}
      failure={failure}
      // The row whose menu opened the dialog is gone by then.
      finalFocus={() => (isRemoved.current ? document.getElementById("main") : true)}
    />
  );
}
