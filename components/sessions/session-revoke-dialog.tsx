// Asks before sessions are revoked: which ones, what stops at once, and what goes on until it expires.
"use client";

import { type ReactElement, useState } from "react";
import { type RevocationTarget, type RevokeSessionsActions, whoOf } from "#components/sessions/session-action.ts";
import { ActionFailureNotice } from "#components/ui/action-failure-notice.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { DialogCancel } from "#components/ui/dialog-cancel.tsx";
import { Field } from "#components/ui/field.tsx";
import { formatCount } from "#components/ui/format-count.ts";
import { formatInstant } from "#components/ui/format-time.ts";
import { showToast } from "#components/ui/show-toast.ts";
import { TextInput } from "#components/ui/text-input.tsx";
import { type Action, useAction } from "#components/ui/use-action.ts";
import { useFinalFocus } from "#components/ui/use-final-focus.ts";
import type { RevokeSessionsInput } from "#lib/sessions/schema.ts";
import type { RevocationView } from "#lib/sessions/view.ts";

type SessionRevokeDialogProps = {
  open: boolean;
  onOpenChange: (isOpen: boolean) => void;
  target: RevocationTarget;
  /** The server's clock, ISO 8601. */
  now: string;
  revokeActions: RevokeSessionsActions;
};

/** The dialog; a group can be narrowed to the sessions that began before a moment. */
export function SessionRevokeDialog(props: SessionRevokeDialogProps): ReactElement {
  const { open, onOpenChange, target, now, revokeActions } = props;
  const { finalFocus, noteOpenerGone } = useFinalFocus();
  const [before, setBefore] = useState(target.kind === "all" ? toTyped(now) : "");
  const { run, isPending, failure, errorOf } = useAction(revokeActionOf(revokeActions), ({ revoked }) => {
    noteOpenerGone();
    onOpenChange(false);
    showToast({
      tone: "positive",
      title: revoked === 0 ? "No session matched" : `${formatCount(revoked, "session")} revoked`,
      description: revoked === 0 ? "Nothing was changed." : undefined,
    });
  });
  return (
    <Dialog
      isAlert
      size="small"
      open={open}
      onOpenChange={onOpenChange}
      isBusy={isPending}
      title={titleOf(target)}
      description="Refresh tokens stop working and this issuer refuses the access tokens at once. This cannot be undone."
      onSubmit={() => run(toInput(target, before))}
      finalFocus={finalFocus}
      footer={
        <>
          <DialogCancel />
          <Button type="submit" tone="danger" isPending={isPending}>
            Revoke
          </Button>
        </>
      }
    >
      <ActionFailureNotice failure={failure} fields={["before"]} />
      {target.kind === "session" ? null : (
        <Field
          label="Begun before (UTC)"
          isOptional={target.kind !== "all"}
          error={errorOf("before")}
          hint={target.kind === "all" ? "Sessions that begin later are left alone." : "Empty: every one of them."}
        >
          <TextInput
            type="datetime-local"
            step="1"
            value={before}
            onChange={(event) => setBefore(event.target.value)}
            className="max-w-60"
          />
        </Field>
      )}
      <Consequences target={target} />
    </Dialog>
  );
}

function Consequences({ target }: { target: RevocationTarget }): ReactElement {
  const end = target.kind === "session" ? tokensEndOf(target) : null;
  const isClient = target.kind === "session" && target.session.user === null;
  const isPerson = target.kind === "user" || (target.kind === "session" && !isClient);
  return (
    <ul className="list-disc space-y-1.5 pl-5 text-sm">
      {isClient ? null : (
        <li>
          A new sign-in has to begin at the application. It takes no password from people who are still signed in to
          Signet itself.
        </li>
      )}
      {isPerson ? null : (
        <li>A client that acts for itself can get another token with its secret. To keep it out, delete the secret.</li>
      )}
      <li>
        {"A program that verifies tokens on its own, by the JWKS alone, accepts access tokens until they expire"}
        {end === null ? "." : `, at ${formatInstant(end, true)} at the latest.`}
      </li>
    </ul>
  );
}

function tokensEndOf({ session }: Extract<RevocationTarget, { kind: "session" }>): string | null {
  return session.keys[0]?.expires_at ?? null;
}

function titleOf(target: RevocationTarget): string {
  switch (target.kind) {
    case "session":
      return `Revoke the session of ${whoOf(target.session)} at ${target.session.application.name}?`;
    case "application":
      return `Revoke all sessions of ${target.application.name}?`;
    case "user":
      return `Revoke all sessions of ${target.user.email}?`;
    case "all":
      return "Revoke the sessions of everybody?";
  }
}

function revokeActionOf({ one, group }: RevokeSessionsActions): Action<RevokeSessionsInput, RevocationView> {
  return (input) => ("id" in input ? one(input) : group(input));
}

function toInput(target: RevocationTarget, typed: string): RevokeSessionsInput {
  if (target.kind === "session") return { id: target.session.id };
  const before = typed === "" ? {} : { before: toMoment(typed) };
  if (target.kind === "application") return { application_id: target.application.id, ...before };
  if (target.kind === "user") return { user_id: target.user.id, ...before };
  return { before: toMoment(typed) };
}

/** What a field of a date and a time holds, which has no zone. */
function toTyped(instant: string): string {
  return instant.slice(0, 19);
}

/** The typed moment as UTC; what is none is sent as it is, so that the server says what is wrong. */
function toMoment(typed: string): string {
  return typed.length === 16 ? `${typed}:00Z` : `${typed}Z`;
}
