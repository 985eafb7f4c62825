// Asks for the password again when the sign-in is a while ago, before what cannot be undone or gives somebody access.
"use client";

import { type ReactElement, type ReactNode, useCallback, useEffect, useRef, useState } from "react";
import { ActionFailureNotice } from "#components/ui/action-failure-notice.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { DialogCancel } from "#components/ui/dialog-cancel.tsx";
import { type ConfirmIdentity, IdentityConfirmationContext } from "#components/ui/identity-confirmation.ts";
import { TextField } from "#components/ui/text-field.tsx";
import { type Action, useAction } from "#components/ui/use-action.ts";

type ConfirmAction = Action<{ password: string }, unknown>;

type IdentityConfirmationProps = { email: string; confirmAction: ConfirmAction; children: ReactNode };

/** Answers every action of the portal that has to know who is there. */
export function IdentityConfirmation({ email, confirmAction, children }: IdentityConfirmationProps): ReactElement {
  const [asked, setAsked] = useState({ times: 0, isOpen: false });
  /** Those that wait for the one answer. */
  const waiting = useRef(new Set<(isConfirmed: boolean) => void>());
  /** The question from when it is asked until all have been told; its first answer counts. */
  const question = useRef<{ answer: boolean | null }>(null);
  const close = useCallback((isConfirmed: boolean): void => {
    // A password that was on its way when the question went is no answer to another one.
    if (question.current === null) return;
    question.current.answer ??= isConfirmed;
    setAsked(({ times }) => ({ times, isOpen: false }));
  }, []);
  useEffect(() => {
    // Back and Forward leave the page at once, which React does only when the password that is on its way has been checked.
    function callOff(): void {
      if (question.current === null) return;
      question.current.answer = false;
      close(false);
    }
    window.addEventListener("popstate", callOff);
    return () => window.removeEventListener("popstate", callOff);
  }, [close]);
  function tellAnswer(): void {
    const isConfirmed = question.current?.answer === true;
    question.current = null;
    for (const resolve of waiting.current) resolve(isConfirmed);
    waiting.current.clear();
  }
  const confirmIdentity: ConfirmIdentity = useCallback(
    async (signal) => {
      await calm(() => (question.current?.answer ?? null) === null);
      if (signal.aborted) return false;
      if (question.current === null) {
        question.current = { answer: null };
        setAsked(({ times }) => ({ times: times + 1, isOpen: true }));
      }
      return new Promise((resolve) => {
        waiting.current.add(settle);
        signal.addEventListener("abort", withdraw);
        function settle(isConfirmed: boolean): void {
          signal.removeEventListener("abort", withdraw);
          resolve(isConfirmed);
        }
        // A secret that is shown once must not be made for a page that is gone.
        function withdraw(): void {
          waiting.current.delete(settle);
          settle(false);
          if (waiting.current.size === 0) close(false);
        }
      });
    },
    [close],
  );
  return (
    <IdentityConfirmationContext value={confirmIdentity}>
      {children}
      {/* Most pages are left without it ever being asked. */}
      {asked.times === 0 ? null : (
        <PasswordDialog
          key={asked.times}
          isOpen={asked.isOpen}
          email={email}
          confirmAction={confirmAction}
          onClose={close}
          // Not before the focus is back where it was: what goes on then may lead it elsewhere, or take that place away.
          onClosed={() => setTimeout(tellAnswer)}
        />
      )}
    </IdentityConfirmationContext>
  );
}

/**
 * Waits, half a second at most, until the question before is over, and until nothing that closes holds the focus: a list is gone
 * when the question would give the focus back to what was pressed in it.
 */
async function calm(isOver: () => boolean): Promise<void> {
  for (let tries = 0; tries < 20; tries += 1) {
    if (isOver() && !document.activeElement?.closest("[data-closed]")) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

type PasswordDialogProps = Pick<IdentityConfirmationProps, "email" | "confirmAction"> & {
  isOpen: boolean;
  onClose: (isConfirmed: boolean) => void;
  onClosed: () => void;
};

function PasswordDialog({ isOpen, email, confirmAction, onClose, onClosed }: PasswordDialogProps): ReactElement {
  const [password, setPassword] = useState("");
  const field = useRef<HTMLInputElement>(null);
  const { run, isPending, failure, errorOf } = useAction(confirmAction, () => {
    onClose(true);
    // What was asked for comes next, and brings the page up to date.
    return false;
  });
  return (
    <Dialog
      size="small"
      open={isOpen}
      onOpenChange={() => onClose(false)}
      onClosed={onClosed}
      isBusy={isPending}
      failure={failure}
      initialFocus={field}
      onSubmit={() => run({ password })}
      title="Confirm that it is you"
      description="You signed in a while ago, and this needs your password, which then counts for 15 minutes."
      footer={
        <>
          <DialogCancel />
          <Button type="submit" tone="primary" isPending={isPending}>
            Confirm
          </Button>
        </>
      }
    >
      <ActionFailureNotice failure={failure} fields={["password"]} />
      <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
      <TextField
        ref={field}
        label={`Password of ${email}`}
        error={errorOf("password")}
        type="password"
        autoComplete="current-password"
        maxLength={256}
        value={password}
        onChange={setPassword}
      />
    </Dialog>
  );
}
