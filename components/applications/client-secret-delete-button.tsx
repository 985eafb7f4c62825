// Deletes a client secret after asking.
"use client";

import type { ReactElement } from "react";
import { Button } from "#components/ui/button.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { showToast } from "#components/ui/show-toast.ts";
import { type Action, useAction } from "#components/ui/use-action.ts";
import { useDialog } from "#components/ui/use-dialog.ts";
import { useFinalFocus } from "#components/ui/use-final-focus.ts";
import type { ClientSecretView } from "#lib/applications/view.ts";

type ClientSecretDeleteButtonProps = {
  applicationId: string;
  secret: ClientSecretView;
  /** True when no other secret works. */
  isLast: boolean;
  deleteAction: Action<{ id: string; secretId: string }, ClientSecretView>;
};

/** The button with its confirmation. */
export function ClientSecretDeleteButton(props: ClientSecretDeleteButtonProps): ReactElement {
  const { applicationId, secret, isLast, deleteAction } = props;
  const dialog = useDialog();
  const { finalFocus, noteOpenerGone } = useFinalFocus();
  const { run, isPending, failure } = useAction(deleteAction, ({ hint }) => {
    noteOpenerGone();
    dialog.setOpen(false);
    showToast({ tone: "positive", title: `Secret …${hint} deleted` });
  });
  return (
    <>
      <Button size="small" aria-label={`Delete the secret …${secret.hint}`} onClick={dialog.show}>
        Delete
      </Button>
      <ConfirmDialog
        key={dialog.key}
        open={dialog.isOpen}
        onOpenChange={dialog.setOpen}
        title={`Delete the secret …${secret.hint}?`}
        description={
          isLast
            ? "It is the only one: the client cannot get tokens until it has another. Tokens it holds stay valid."
            : "It stops working at once. Tokens that the client holds stay valid."
        }
        finalFocus={finalFocus}
        confirmLabel="Delete secret"
        onConfirm={() => run({ id: applicationId, secretId: secret.id })}
        isPending={isPending}
        failure={failure}
      />
    </>
  );
}
