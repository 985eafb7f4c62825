// Asks before a membership ends.
"use client";

import type { ReactElement } from "react";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { showToast } from "#components/ui/show-toast.ts";
import { type Action, useAction } from "#components/ui/use-action.ts";
import { useFinalFocus } from "#components/ui/use-final-focus.ts";
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
  const { finalFocus, noteOpenerGone } = useFinalFocus();
  const { run, isPending, failure } = useAction(removeAction, () => {
    noteOpenerGone();
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
      finalFocus={finalFocus}
    />
  );
}
