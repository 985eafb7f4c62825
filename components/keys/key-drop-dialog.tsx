// Drops a previous key: a plain confirmation when it is safe, the force path when tokens would fail.
"use client";

import { useRouter } from "next/navigation";
import { type ReactElement, useState } from "react";
import { ForceWarning } from "#components/keys/force-warning.tsx";
import type { DropKeyRequest, KeyAction } from "#components/keys/key-action.ts";
import { KeyActionNotice } from "#components/keys/key-action-notice.tsx";
import { KeySeal } from "#components/keys/key-seal.tsx";
import { Kid } from "#components/keys/kid.tsx";
import { isKidConfirmed, KidConfirmation } from "#components/keys/kid-confirmation.tsx";
import { shortKid } from "#components/keys/kid-parts.ts";
import { useKeyAction } from "#components/keys/use-key-action.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { DialogCancel } from "#components/ui/dialog-cancel.tsx";
import { formatInstant } from "#components/ui/format-time.ts";
import { showToast } from "#components/ui/show-toast.ts";
import type { RunningAction } from "#components/ui/use-action.ts";
import { useFinalFocus } from "#components/ui/use-final-focus.ts";
import type { PreviousKeyView } from "#lib/keys/view.ts";

type KeyDropDialogProps = {
  open: boolean;
  onOpenChange: (isOpen: boolean) => void;
  previousKey: PreviousKeyView;
  /** The server's clock, `server_time` of the status. */
  now: string;
  dropAction: KeyAction<DropKeyRequest>;
  /** The element that takes the focus when the key's card is gone. */
  focusAfterDropId: string;
};

/** The dialog behind Drop. */
export function KeyDropDialog(props: KeyDropDialogProps): ReactElement {
  const { open, onOpenChange, previousKey: key, now, dropAction, focusAfterDropId } = props;
  const { finalFocus, noteOpenerGone } = useFinalFocus(focusAfterDropId);
  const [typed, setTyped] = useState("");
  const action = useKeyAction(dropAction, () => {
    noteOpenerGone();
    onOpenChange(false);
    showToast({
      tone: "positive",
      title: `Key ${shortKid(key.kid)} dropped`,
      description: "It left the JWKS and its private half is destroyed.",
    });
  });
  const { failure } = action;
  const isForced = !key.safe_to_drop || failure?.code === "key.not_safe_to_drop";
  const isConfirmed = !isForced || isKidConfirmed(key.kid, typed);
  return (
    <Dialog
      isAlert
      size="small"
      open={open}
      onOpenChange={onOpenChange}
      isBusy={action.isPending}
      title={isForced ? "Force-drop a key that is not safe to drop" : "Drop previous key"}
      description={
        isForced
          ? "Tokens that this key signed are still valid. Dropping it now makes them fail."
          : "Every token that this key signed has expired. Nothing fails when it goes."
      }
      onSubmit={() => {
        if (isConfirmed) action.run({ kid: key.kid, force: isForced });
      }}
      finalFocus={finalFocus}
      footer={
        <>
          <DialogCancel />
          <Button type="submit" tone="danger" isPending={action.isPending} disabled={!isConfirmed}>
            {isForced ? "Force drop" : "Drop key"}
          </Button>
        </>
      }
    >
      {failure === null || failure.code === "key.not_safe_to_drop" ? null : <KeyActionNotice failure={failure} />}
      <DroppedKey previousKey={key} />
      {isForced ? (
        <ForcePath previousKey={key} now={now} action={action} typed={typed} onType={setTyped} />
      ) : (
        <p className="text-sm text-muted">
          The key leaves the JWKS and its private half is destroyed. This cannot be undone. The key stays in the history
          below.
        </p>
      )}
    </Dialog>
  );
}

function DroppedKey({ previousKey: key }: { previousKey: PreviousKeyView }): ReactElement {
  return (
    <div className="flex items-center gap-3">
      <KeySeal kid={key.kid} state="previous" className="size-10" />
      <div className="min-w-0">
        <Kid kid={key.kid} className="text-[0.8125rem]/4.5" />
        <p className="text-xs text-muted">{`Rotated ${formatInstant(key.rotated_at)}`}</p>
      </div>
    </div>
  );
}

type ForcePathProps = {
  previousKey: PreviousKeyView;
  now: string;
  action: RunningAction<DropKeyRequest>;
  typed: string;
  onType: (typed: string) => void;
};

function ForcePath({ previousKey: key, now, action, typed, onType }: ForcePathProps): ReactElement {
  const router = useRouter();
  // Where the page still says safe, the refusal knows better.
  const told = key.safe_to_drop ? action.failure?.details : undefined;
  return (
    <>
      <ForceWarning
        activeSessions={readCount(told?.active_sessions) ?? key.active_sessions}
        secondsUntilSafe={readCount(told?.seconds_until_safe) ?? key.seconds_until_safe}
        now={now}
        applicationNames={key.dependent_applications.map((application) => application.name)}
        isLive={action.failure?.code === "key.not_safe_to_drop"}
        onDone={() => {
          action.clear();
          router.refresh();
        }}
      />
      <KidConfirmation kid={key.kid} value={typed} onChange={onType} />
    </>
  );
}

function readCount(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}
