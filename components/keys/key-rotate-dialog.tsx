// Rotates the signing key: says what will happen and who breaks, asks for a reason when readers may not know the next key yet.
"use client";

import { useRouter } from "next/navigation";
import { type ReactElement, useEffect, useRef, useState } from "react";
import { describeAlgorithm } from "#components/keys/algorithm-name.ts";
import { type AlgorithmChoice, AlgorithmPicker } from "#components/keys/algorithm-picker.tsx";
import type { KeyAction, KeyActionFailure, RotateKeyRequest } from "#components/keys/key-action.ts";
import { KeyActionNotice } from "#components/keys/key-action-notice.tsx";
import { shortKid } from "#components/keys/kid-parts.ts";
import { PropagationState } from "#components/keys/propagation-state.tsx";
import { RotationPlan } from "#components/keys/rotation-plan.tsx";
import { SamlImpact } from "#components/keys/saml-impact.tsx";
import { useKeyAction } from "#components/keys/use-key-action.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import { useToast } from "#components/ui/use-toast.ts";
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
  const { next_key: nextKey } = status;
  const toast = useToast();
  // What the person saw when the dialog opened; a refresh behind it must not change what is asked for.
  const [seenCurrentKid] = useState(status.current_kid);
  const [choice, setChoice] = useState<AlgorithmChoice>({ algorithm: nextKey.algorithm, rsa_bits: nextKey.rsa_bits });
  const [reason, setReason] = useState("");
  const [isReasonMissing, setReasonMissing] = useState(false);
  const reasonField = useRef<HTMLTextAreaElement>(null);
  const router = useRouter();
  const { run, isPending, failure, clear } = useKeyAction(rotateAction, (after) => {
    onOpenChange(false);
    toast({
      tone: "positive",
      title: "Signing key rotated",
      description: `${shortKid(after.current_kid)} signs from now on. Tokens of the previous key stay valid until they expire.`,
    });
  });

  const isLate =
    failure?.code === "key.already_rotated" || (open && status.current_kid !== seenCurrentKid && !isPending);
  const gate = readGate(status, failure);

  function submit(): void {
    const trimmedReason = reason.trim();
    if (gate.isClosed && trimmedReason === "") {
      setReasonMissing(true);
      reasonField.current?.focus();
      return;
    }
    run({
      expected_current_kid: seenCurrentKid,
      algorithm: choice.algorithm,
      rsa_bits: choice.rsa_bits ?? undefined,
      override_reason: gate.isClosed ? trimmedReason : undefined,
    });
  }

  // A gate that closed while the dialog stood open asks for something new: lead there.
  const isTold = failure?.code === "key.next_not_propagated";
  useEffect(() => {
    if (isTold) reasonField.current?.focus();
  }, [isTold]);

  const isHarmful = !isLate && (gate.isClosed || status.saml_apps_using_default_cert > 0);
  const reasonError =
    isReasonMissing && reason.trim() === "" ? "Say why it cannot wait." : fieldError(failure, "override_reason");
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
      onSubmit={isLate ? () => onOpenChange(false) : submit}
      footer={
        <>
          {isLate ? null : <Button onClick={() => onOpenChange(false)}>Cancel</Button>}
          <Button type="submit" tone={isHarmful ? "danger" : "primary"} isPending={isPending}>
            {isLate ? "Look at the new state" : isHarmful ? "Rotate anyway" : "Rotate key"}
          </Button>
        </>
      }
    >
      {isLate ? (
        <LateNotice currentKid={status.current_kid} />
      ) : (
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
            onDone={() => {
              clear();
              router.refresh();
            }}
          />
          {gate.isClosed ? (
            <Field label="Reason to rotate now" hint="Kept in the audit log with your name." error={reasonError}>
              <Textarea
                ref={reasonField}
                required
                rows={2}
                value={reason}
                onChange={(event) => setReason(event.target.value)}
              />
            </Field>
          ) : null}
          <details className="group rounded-md border border-line">
            <summary className="rounded-md px-3 py-2 text-sm hover:bg-hover">
              <span className="font-medium">Algorithm of the new next key</span>
              <span className="ml-2 text-muted">{describeAlgorithm(choice.algorithm, choice.rsa_bits)}</span>
            </summary>
            <div className="border-t border-line p-3">
              <AlgorithmPicker legend="Kind of key" value={choice} onChange={setChoice} />
            </div>
          </details>
        </>
      )}
    </Dialog>
  );
}

type Gate = { isClosed: boolean; secondsRemaining: number };

function readGate(status: SigningKeyStatusView, failure: KeyActionFailure | null): Gate {
  const { propagated, seconds_until_propagated } = status.next_key;
  if (!propagated) return { isClosed: true, secondsRemaining: seconds_until_propagated };
  // The page was read before the gate closed; the refusal knows better.
  if (failure?.code !== "key.next_not_propagated") return { isClosed: false, secondsRemaining: 0 };
  const told = failure.details?.seconds_remaining;
  return { isClosed: true, secondsRemaining: typeof told === "number" ? told : 0 };
}

function fieldError(failure: KeyActionFailure | null, field: string): string | null {
  return failure?.errors?.find((error) => error.field === field)?.message ?? null;
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
