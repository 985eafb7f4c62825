// Deletes a certificate: moves its applications to the default first, and takes the force path while tokens need its key.
"use client";

import { useRouter } from "next/navigation";
import { type ReactElement, useState } from "react";
import type { DeleteCertificateAction } from "#components/certificates/certificate-action.ts";
import { DeletionPlan } from "#components/certificates/deletion-plan.tsx";
import { useDeletionImpact } from "#components/certificates/use-deletion-impact.ts";
import { DependentApplications } from "#components/keys/dependent-applications.tsx";
import { ForceWarning } from "#components/keys/force-warning.tsx";
import { isKidConfirmed, KidConfirmation } from "#components/keys/kid-confirmation.tsx";
import { ActionFailureNotice } from "#components/ui/action-failure-notice.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { DialogCancel } from "#components/ui/dialog-cancel.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { showToast } from "#components/ui/show-toast.ts";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { useAction } from "#components/ui/use-action.ts";
import type { CertificateDeletionView } from "#lib/certificates/deletion-view.ts";
import type { CertificateView } from "#lib/certificates/view.ts";

type CertificateDeleteDialogProps = {
  open: boolean;
  onOpenChange: (isOpen: boolean) => void;
  certificate: CertificateView;
  certificatesHref: string;
  applicationsHref: string;
  sessionsHref: string;
  deleteAction: DeleteCertificateAction;
};

/** The dialog behind Delete; afterwards it leads to the list. */
export function CertificateDeleteDialog(props: CertificateDeleteDialogProps): ReactElement {
  const { open, onOpenChange, certificate, deleteAction } = props;
  const { run, isPending, failure } = useDeletion(props);
  const { impact, problem, ask } = useDeletionImpact(certificate.id, open, deleteAction);
  const [isMoved, setMoved] = useState(false);
  const [typed, setTyped] = useState("");
  const isForced = impact !== null && !impact.safe_to_delete;
  const isUsed = impact !== null && impact.applications.length > 0;
  const isReady = impact !== null && (!isUsed || isMoved) && (!isForced || isKidConfirmed(impact.kid, typed));
  return (
    <Dialog
      isAlert
      open={open}
      onOpenChange={onOpenChange}
      isBusy={isPending}
      title={
        <>
          {isForced ? "Force-delete " : "Delete "}
          <bdi>{certificate.name}</bdi>
        </>
      }
      description={explain(impact)}
      onSubmit={() => {
        if (isReady) run({ id: certificate.id, force: isForced, ...(isUsed ? { reassign: "default" } : {}) });
      }}
      footer={
        <>
          <DialogCancel />
          <Button type="submit" tone="danger" isPending={isPending} disabled={!isReady}>
            {isForced ? "Force delete" : "Delete certificate"}
          </Button>
        </>
      }
    >
      <ActionFailureNotice failure={failure} />
      {problem === null ? null : (
        <Notice tone="danger" isLive>
          {problem}
        </Notice>
      )}
      {impact === null ? (
        <Skeleton className="h-24 rounded-md" />
      ) : (
        <DeletionPlan
          impact={impact}
          applicationsHref={props.applicationsHref}
          isMoved={isMoved}
          onMovedChange={setMoved}
        />
      )}
      {isForced ? (
        <ForcePath
          impact={impact}
          applicationsHref={props.applicationsHref}
          sessionsHref={props.sessionsHref}
          isRefused={failure?.code === "certificate.not_safe_to_delete"}
          onSafe={ask}
          typed={typed}
          onType={setTyped}
        />
      ) : null}
    </Dialog>
  );
}

type ForcePathProps = {
  impact: CertificateDeletionView;
  applicationsHref: string;
  sessionsHref: string;
  /** True when the server refused what had looked safe. */
  isRefused: boolean;
  /** Called when waiting has made it safe. */
  onSafe: () => void;
  typed: string;
  onType: (typed: string) => void;
};

function ForcePath(props: ForcePathProps): ReactElement {
  const { impact, applicationsHref, sessionsHref, isRefused, onSafe, typed, onType } = props;
  return (
    <>
      <ForceWarning
        activeSessions={impact.active_sessions}
        secondsUntilSafe={impact.seconds_until_safe}
        now={impact.server_time}
        applicationNames={impact.dependent_applications.map(({ name }) => name)}
        isLive={isRefused}
        onDone={onSafe}
      />
      <DependentApplications
        kid={impact.kid}
        dependents={impact}
        keyName="its key"
        emptyText="No session is known to depend on its key, but a token that it signed may still be valid."
        now={impact.server_time}
        applicationsHref={applicationsHref}
        sessionsHref={sessionsHref}
      />
      <KidConfirmation kid={impact.kid} value={typed} onChange={onType} />
    </>
  );
}

function useDeletion({ certificate, certificatesHref, deleteAction, onOpenChange }: CertificateDeleteDialogProps) {
  const router = useRouter();
  return useAction(deleteAction, (done) => {
    onOpenChange(false);
    showToast({
      tone: "positive",
      title: "Certificate deleted",
      description: done.private_key_destroyed
        ? `${certificate.name}: its private key is destroyed.`
        : `${certificate.name}: its key lives on with the certificate that renewed it.`,
    });
    router.push(certificatesHref);
  });
}

function explain(impact: CertificateDeletionView | null): string {
  if (impact === null) return "Looking at what needs it.";
  if (!impact.safe_to_delete) return "Tokens that its key signed are still valid. Deleting it now makes them fail.";
  return "It cannot be brought back. Its public part stays in the history.";
}
