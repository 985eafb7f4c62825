// Asks for the password again when the sign-in is a while ago, before what cannot be undone or gives somebody access.
"use client";

import { type ReactElement, type ReactNode, useCallback, useRef, useState } from "react";
import { ActionFailureNotice } from "#components/ui/action-failure-notice.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
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
  const answer = useRef(false);
  const close = useCallback((isConfirmed: boolean): void => {
    answer.current = isConfirmed;
    setAsked(({ times }) => ({ times, isOpen: false }));
  }, []);
  /** Not before the focus is back where it was: what goes on then may lead it elsewhere, or take that place away. */
  function tellAnswer(): void {
    for (const resolve of waiting.current) resolve(answer.current);
    waiting.current.clear();
  }
  const confirmIdentity: ConfirmIdentity = useCallback(
    async (signal) => {
      await focusIsBack();
      if (signal.aborted) return false;
      if (waiting.current.size === 0) setAsked(({ times }) => ({ times: times + 1, isOpen: true }));
      return new Promise((resolve) => {
        waiting.current.add(resolve);
        // A secret that is shown once must not be made for a page that is gone.
        signal.addEventListener("abort", () => {
          if (!waiting.current.delete(resolve)) return;
          resolve(false);
          if (waiting.current.size === 0) close(false);
        });
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
          onClosed={tellAnswer}
        />
      )}
    </IdentityConfirmationContext>
  );
}

/** What was pressed in a list that closes holds the focus until it is gone; the question could not give it back there. */
async function focusIsBack(): Promise<void> {
  for (let tries = 0; tries < 20 && document.activeElement?.closest("[data-closed]"); tries += 1) {
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
          <Button onClick={() => onClose(false)}>Cancel</Button>
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
