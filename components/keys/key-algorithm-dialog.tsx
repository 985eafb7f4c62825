// Replaces the next key by one of another algorithm, so that the change is published before it signs.
"use client";

import { type ReactElement, useState } from "react";
import { describeAlgorithm } from "#components/keys/algorithm-name.ts";
import { type AlgorithmChoice, AlgorithmPicker } from "#components/keys/algorithm-picker.tsx";
import type { KeyAction, ReplaceNextKeyRequest } from "#components/keys/key-action.ts";
import { KeyActionNotice } from "#components/keys/key-action-notice.tsx";
import { Kid } from "#components/keys/kid.tsx";
import { useKeyAction } from "#components/keys/use-key-action.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { showToast } from "#components/ui/show-toast.ts";
import type { SigningKeyStatusView } from "#lib/keys/view.ts";

type KeyAlgorithmDialogProps = {
  open: boolean;
  onOpenChange: (isOpen: boolean) => void;
  status: SigningKeyStatusView;
  replaceNextAction: KeyAction<ReplaceNextKeyRequest>;
};

/** The dialog behind Change algorithm. */
export function KeyAlgorithmDialog(props: KeyAlgorithmDialogProps): ReactElement {
  const { open, onOpenChange, status, replaceNextAction } = props;
  const { next_key: nextKey } = status;
  const [choice, setChoice] = useState<AlgorithmChoice>({ algorithm: nextKey.algorithm, rsa_bits: nextKey.rsa_bits });
  const { run, isPending, failure } = useKeyAction(replaceNextAction, (after) => {
    onOpenChange(false);
    showToast({
      tone: "positive",
      title: "Next key replaced",
      description: `A new ${describeAlgorithm(after.next_key.algorithm, after.next_key.rsa_bits)} key waits in the queue.`,
    });
  });
  const isUnchanged = choice.algorithm === nextKey.algorithm && choice.rsa_bits === nextKey.rsa_bits;
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      isBusy={isPending}
      title="Change algorithm"
      description="The key in the queue is replaced by a new one, which is published at once and signs after the next rotation. The current key stays as it is."
      onSubmit={() => run({ algorithm: choice.algorithm, rsa_bits: choice.rsa_bits ?? undefined })}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)} isPending={false}>
            Cancel
          </Button>
          <Button type="submit" tone="primary" isPending={isPending} disabled={isUnchanged}>
            Replace next key
          </Button>
        </>
      }
    >
      <KeyActionNotice failure={failure} />
      <AlgorithmPicker legend="Kind of key" value={choice} onChange={setChoice} />
      <p className="text-xs text-muted">
        {isUnchanged ? (
          "This is what the queue holds now."
        ) : (
          <>
            {"Key "}
            <Kid kid={nextKey.kid} isShort />
            {" has never signed and is destroyed. Verifiers need a little time to fetch the new one before you rotate."}
          </>
        )}
      </p>
    </Dialog>
  );
}
