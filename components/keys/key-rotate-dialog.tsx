// Rotates the signing key: says what will happen and who breaks, asks for a reason when readers may not know the next key yet.
"use client";

import { useRouter } from "next/navigation";
import type { ReactElement } from "react";
import { describeAlgorithm } from "#components/keys/algorithm-name.ts";
import { AlgorithmPicker } from "#components/keys/algorithm-picker.tsx";
import type { KeyAction, RotateKeyRequest } from "#components/keys/key-action.ts";
import { KeyActionNotice } from "#components/keys/key-action-notice.tsx";
import { shortKid } from "#components/keys/kid-parts.ts";
import { PropagationState } from "#components/keys/propagation-state.tsx";
import { RotationPlan } from "#components/keys/rotation-plan.tsx";
import { SamlImpact } from "#components/keys/saml-impact.tsx";
import { type Rotation, useKeyRotation } from "#components/keys/use-key-rotation.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { DialogCancel } from "#components/ui/dialog-cancel.tsx";
import { Field } from "#components/ui/field.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import type { SigningKeyStatusView } from "#lib/keys/view.ts";

type KeyRotateDialogProps = {
  open: boolean;
  onOpenChange: (isOpen: boolean) => void;
  status: SigningKeyStatusView;
  /** Where applications are listed; one of them lies at `${applicationsHref}/${id}`. */
  applicationsHref: string;
  rotateAction: KeyAction<RotateKeyRequest>;
};

/** The dialog behind Rotate. */
export function KeyRotateDialog(props: KeyRotateDialogProps): ReactElement {
  const { open, onOpenChange, status, applicationsHref, rotateAction } = props;
  const close = (): void => onOpenChange(false);
  const rotation = useKeyRotation({ open, status, rotateAction, onDone: close });
  const { isLate, isPending, gate } = rotation;
  const isHarmful = !isLate && (gate.isClosed || status.saml_apps_using_default_cert > 0);
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      isBusy={isPending}
      title="Rotate signing key"
      description={
        isLate
          ? "Nothing was rotated by you."
          : "The key in the queue takes over at once, without a moment in which no key signs."
      }
      onSubmit={isLate ? close : rotation.submit}
      footer={
        <>
          {isLate ? null : <DialogCancel />}
          <Button type="submit" tone={isHarmful ? "danger" : "primary"} isPending={isPending}>
            {isLate ? "Look at the new state" : isHarmful ? "Rotate anyway" : "Rotate key"}
          </Button>
        </>
      }
    >
      {isLate ? (
        <LateNotice currentKid={status.current_kid} />
      ) : (
        <RotationForm status={status} applicationsHref={applicationsHref} rotation={rotation} />
      )}
    </Dialog>
  );
}

type RotationFormProps = { status: SigningKeyStatusView; applicationsHref: string; rotation: Rotation };

function RotationForm({ status, applicationsHref, rotation }: RotationFormProps): ReactElement {
  const router = useRouter();
  const { choice, failure, gate, isTold } = rotation;
  function lookAgain(): void {
    rotation.clear();
    router.refresh();
  }
  return (
    <>
      {failure === null || isTold ? null : <KeyActionNotice failure={failure} />}
      <RotationPlan status={status} choice={choice} />
      <SamlImpact
        count={status.saml_apps_using_default_cert}
        applications={status.saml_applications}
        applicationsHref={applicationsHref}
      />
      <PropagationState
        isGateClosed={gate.isClosed}
        secondsRemaining={gate.secondsRemaining}
        isLive={isTold}
        since={status.server_time}
        onDone={lookAgain}
      />
      {gate.isClosed ? (
        <Field label="Reason to rotate now" hint="Kept in the audit log with your name." error={rotation.reasonError}>
          <Textarea
            ref={rotation.reasonField}
            required
            rows={2}
            value={rotation.reason}
            onChange={(event) => rotation.setReason(event.target.value)}
          />
        </Field>
      ) : null}
      <details className="group rounded-md border border-line">
        <summary className="rounded-md px-3 py-2 text-sm hover:bg-hover">
          <span className="font-medium">Algorithm of the new next key</span>
          <span className="ml-2 text-muted">{describeAlgorithm(choice.algorithm, choice.rsa_bits)}</span>
        </summary>
        <div className="border-t border-line p-3">
          <AlgorithmPicker legend="Kind of key" value={choice} onChange={rotation.setChoice} />
        </div>
      </details>
    </>
  );
}

// There is no way on from here but to look again: a second rotation by mistake is worse than a second click.
function LateNotice({ currentKid }: { currentKid: string }): ReactElement {
  return (
    <Notice tone="info" isLive title="Somebody else rotated meanwhile">
      <p>
        The current key is now <code className="kid">{shortKid(currentKid)}</code>. The page behind shows the new state;
        open Rotate again only if you want a further rotation.
      </p>
    </Notice>
  );
}
