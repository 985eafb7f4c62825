// Drops a previous key: a plain confirmation when it is safe, the force path when tokens would fail.
"use client";

import { useRouter } from "next/navigation";
import { type ReactElement, useRef, useState } from "react";
import type { DropKeyRequest, KeyAction } from "#components/keys/key-action.ts";
import { KeyActionNotice } from "#components/keys/key-action-notice.tsx";
import { KeySeal } from "#components/keys/key-seal.tsx";
import { Kid } from "#components/keys/kid.tsx";
import { kidPrefix, shortKid } from "#components/keys/kid-parts.ts";
import { useKeyAction } from "#components/keys/use-key-action.ts";
import { Button } from "#components/ui/button.tsx";
import { Countdown } from "#components/ui/countdown.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { formatCount } from "#components/ui/format-count.ts";
import { formatInstant } from "#components/ui/format-time.ts";
import { Notice } from "#components/ui/notice.tsx";
import { TextInput } from "#components/ui/text-input.tsx";
import { useToast } from "#components/ui/use-toast.ts";
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
  const toast = useToast();
  const isDropped = useRef(false);
  const [typed, setTyped] = useState("");
  const router = useRouter();
  const { run, isPending, failure, clear } = useKeyAction(dropAction, () => {
    isDropped.current = true;
    onOpenChange(false);
    toast({
      tone: "positive",
      title: `Key ${shortKid(key.kid)} dropped`,
      description: "It left the JWKS and its private half is destroyed.",
    });
  });
  const isForced = !key.safe_to_drop || failure?.code === "key.not_safe_to_drop";
  const prefix = kidPrefix(key.kid);
  const isConfirmed = !isForced || typed.trim() === prefix;
  // Where the page still says safe, the refusal knows better.
  const told = key.safe_to_drop ? failure?.details : undefined;
  const activeSessions = readCount(told?.active_sessions) ?? key.active_sessions;
  const secondsUntilSafe = readCount(told?.seconds_until_safe) ?? key.seconds_until_safe;
  return (
    <Dialog
      isAlert
      size="small"
      open={open}
      onOpenChange={onOpenChange}
      isBusy={isPending}
      title={isForced ? "Force-drop a key that is not safe to drop" : "Drop previous key"}
      description={
        isForced
          ? "Tokens that this key signed are still valid. Dropping it now makes them fail."
          : "Every token that this key signed has expired. Nothing fails when it goes."
      }
      onSubmit={() => {
        if (isConfirmed) run({ kid: key.kid, force: isForced });
      }}
      finalFocus={() => (isDropped.current ? document.getElementById(focusAfterDropId) : true)}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button type="submit" tone="danger" isPending={isPending} disabled={!isConfirmed}>
            {isForced ? "Force drop" : "Drop key"}
          </Button>
        </>
      }
    >
      {failure === null || failure.code === "key.not_safe_to_drop" ? null : <KeyActionNotice failure={failure} />}
      <div className="flex items-center gap-3">
        <KeySeal kid={key.kid} state="previous" className="size-10" />
        <div className="min-w-0">
          <Kid kid={key.kid} className="text-[0.8125rem]/4.5" />
          <p className="text-xs text-muted">{`Rotated ${formatInstant(key.rotated_at)}`}</p>
        </div>
      </div>
      {isForced ? (
        <>
          <ForceWarning
            activeSessions={activeSessions}
            secondsUntilSafe={secondsUntilSafe}
            now={now}
            applicationNames={key.dependent_applications.map((application) => application.name)}
            isLive={failure?.code === "key.not_safe_to_drop"}
            onDone={() => {
              clear();
              router.refresh();
            }}
          />
          <Field
            label={
              <>
                {"Type "}
                <code className="kid rounded-sm border border-line bg-sunken px-1 font-semibold">{prefix}</code>
                {" to confirm"}
              </>
            }
            hint="The first characters of the key ID."
          >
            <TextInput
              isMono
              autoComplete="off"
              autoCapitalize="none"
              autoCorrect="off"
              spellCheck={false}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
          </Field>
        </>
      ) : (
        <p className="text-sm text-muted">
          The key leaves the JWKS and its private half is destroyed. This cannot be undone. The key stays in the history
          below.
        </p>
      )}
    </Dialog>
  );
}

function readCount(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}

type ForceWarningProps = {
  activeSessions: number;
  secondsUntilSafe: number;
  now: string;
  applicationNames: readonly string[];
  isLive: boolean;
  onDone: () => void;
};

function ForceWarning(props: ForceWarningProps): ReactElement {
  const { activeSessions, secondsUntilSafe, now, applicationNames, isLive, onDone } = props;
  const title =
    activeSessions === 0
      ? "Tokens that are still valid fail at once"
      : `The tokens of ${formatCount(activeSessions, "session")} fail at once`;
  return (
    <Notice tone="danger" isLive={isLive} title={title}>
      <p>
        {applicationNames.length === 0
          ? "Every verifier rejects them as soon as it reads the JWKS again, and Signet itself immediately."
          : `${listNames(applicationNames)}: people are signed out or refused, machine clients get errors until they fetch a new token.`}
      </p>
      <p>
        If nothing is on fire, wait: it is safe in{" "}
        <Countdown className="font-medium" seconds={secondsUntilSafe} since={now} onDone={onDone} />.
      </p>
    </Notice>
  );
}

function listNames(names: readonly string[]): string {
  if (names.length <= 3) return new Intl.ListFormat("en").format(names);
  return `${names.slice(0, 2).join(", ")} and ${formatCount(names.length - 2, "more application")}`;
}
