// Deletes an application after a confirmation that says what stops and what goes on for a while.
"use client";

import { Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import type { ReactElement } from "react";
import type { DeleteApplicationAction } from "#components/applications/application-action.ts";
import { useApplicationAction } from "#components/applications/use-application-action.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { formatCount } from "#components/ui/format-count.ts";
import { Notice } from "#components/ui/notice.tsx";
import { useDialog } from "#components/ui/use-dialog.ts";
import { useToast } from "#components/ui/use-toast.ts";
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
  const toast = useToast();
  const dialog = useDialog();
  const { run, isPending, failure } = useApplicationAction(deleteAction, () => {
    toast({ tone: "positive", title: "Application deleted", description: application.name });
    router.push(applicationsHref);
  });
  return (
    <>
      <Button icon={<Trash2 className="size-4" aria-hidden="true" />} onClick={dialog.show}>
        Delete
      </Button>
      <Dialog
        key={dialog.key}
        open={dialog.isOpen}
        onOpenChange={dialog.setOpen}
        isAlert
        isBusy={isPending}
        size="small"
        title={`Delete ${application.name}?`}
        description="It is taken out at once and cannot be brought back."
        footer={
          <>
            <Button onClick={() => dialog.setOpen(false)}>Cancel</Button>
            <Button tone="danger" isPending={isPending} onClick={() => run({ id: application.id })}>
              Delete application
            </Button>
          </>
        }
      >
        {failure === null ? null : (
          <Notice tone="danger" isLive title="Not deleted">
            <p>{failure.message}</p>
          </Notice>
        )}
        <p className="text-sm">{consequence(application)}</p>
      </Dialog>
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
