// Revokes a token after asking.
"use client";

import type { ReactElement } from "react";
import { Button } from "#components/ui/button.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { showToast } from "#components/ui/show-toast.ts";
import { type Action, useAction } from "#components/ui/use-action.ts";
import { useDialog } from "#components/ui/use-dialog.ts";
import { useFinalFocus } from "#components/ui/use-final-focus.ts";
import type { TokenView } from "#lib/tokens/view.ts";

type TokenRevokeButtonProps = { token: TokenView; revokeAction: Action<{ id: string }, TokenView> };

/** The button with its confirmation. */
export function TokenRevokeButton({ token, revokeAction }: TokenRevokeButtonProps): ReactElement {
  const dialog = useDialog();
  const { finalFocus, noteOpenerGone } = useFinalFocus();
  const { run, isPending, failure } = useAction(revokeAction, () => {
    noteOpenerGone();
    dialog.setOpen(false);
    showToast({ title: `Token “${token.name}” is revoked`, tone: "positive" });
  });
  return (
    <>
      <Button size="small" aria-label={`Revoke the token ${token.name}`} onClick={dialog.show}>
        Revoke
      </Button>
      <ConfirmDialog
        key={dialog.key}
        open={dialog.isOpen}
        onOpenChange={dialog.setOpen}
        title={`Revoke “${token.name}”?`}
        description="Programs that use it are refused from now on. This cannot be undone."
        confirmLabel="Revoke"
        onConfirm={() => run({ id: token.id })}
        isPending={isPending}
        failure={failure}
        finalFocus={finalFocus}
      />
    </>
  );
}
