// Deletes an application after a confirmation that says what stops and what goes on for a while.
"use client";

import { Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import type { ReactElement } from "react";
import type { DeleteApplicationAction } from "#components/applications/application-action.ts";
import { Button } from "#components/ui/button.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { formatCount } from "#components/ui/format-count.ts";
import { showToast } from "#components/ui/show-toast.ts";
import { useAction } from "#components/ui/use-action.ts";
import { useDialog } from "#components/ui/use-dialog.ts";
import type { ApplicationView } from "#lib/applications/view.ts";

type ApplicationDeleteButtonProps = {
  application: ApplicationView;
  applicationsHref: string;
  deleteAction: DeleteApplicationAction;
};

/** The button and its dialog. */
export function ApplicationDeleteButton(props: ApplicationDeleteButtonProps): ReactElement {
  const { application, applicationsHref, deleteAction } = props;
  const router = useRouter();
  const dialog = useDialog();
  const { run, isPending, failure } = useAction(deleteAction, () => {
    showToast({ tone: "positive", title: "Application deleted", description: application.name });
    router.push(applicationsHref);
  });
  return (
    <>
      <Button icon={<Trash2 className="size-4" aria-hidden="true" />} onClick={dialog.show}>
        Delete
      </Button>
      <ConfirmDialog
        key={dialog.key}
        open={dialog.isOpen}
        onOpenChange={dialog.setOpen}
        title={`Delete ${application.name}?`}
        description="It is taken out at once and cannot be brought back."
        confirmLabel="Delete application"
        onConfirm={() => run({ id: application.id })}
        isPending={isPending}
        failure={failure}
      >
        <p className="text-sm">{consequence(application)}</p>
      </ConfirmDialog>
    </>
  );
}

function consequence(application: ApplicationView): string {
  if (application.protocol === "saml") return "People can no longer sign in to this service provider.";
  const { confidential, active_sessions: sessions } = application;
  const stops = confidential ? "Its client ID and secrets stop working." : "Its client ID stops working.";
  if (sessions === 0) return `${stops} None of its tokens is valid any more.`;
  return `${stops} ${formatCount(sessions, "active session")} ${sessions === 1 ? "holds" : "hold"} tokens that verifiers go on accepting until they expire; the key that signed them stays needed until then.`;
}
