// Runs an action on signing keys from a dialog and keeps its failure for the dialog to show.
"use client";

import { unstable_rethrow, useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import type { KeyAction, KeyActionFailure } from "#components/keys/key-action.ts";
import type { SigningKeyStatusView } from "#lib/keys/view.ts";

/** What a dialog sees of a running action. */
export type RunningKeyAction<Input> = {
  run: (input: Input) => void;
  isPending: boolean;
  /** The last failure, until the next run. */
  failure: KeyActionFailure | null;
  /** Forgets the failure, as when the time it spoke of has passed. */
  clear: () => void;
};

const noAnswer: KeyActionFailure = {
  ok: false,
  code: "request.failed",
  message: "The server did not answer. Nothing you typed is lost; look at the page before you try again.",
};

// A failure that means: what you saw is no longer so.
const staleCodes = new Set(["key.already_rotated", "key.not_safe_to_drop", "key.next_not_propagated"]);

/** Runs `action`; on success calls `onSuccess` and refreshes the page. */
export function useKeyAction<Input>(
  action: KeyAction<Input>,
  onSuccess: (status: SigningKeyStatusView) => void,
): RunningKeyAction<Input> {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const [failure, setFailure] = useState<KeyActionFailure | null>(null);

  async function attempt(input: Input): Promise<void> {
    try {
      const result = await action(input);
      if (result.ok) {
        onSuccess(result.data);
        router.refresh();
        return;
      }
      setFailure(result);
      if (staleCodes.has(result.code)) router.refresh();
    } catch (error) {
      unstable_rethrow(error);
      setFailure(noAnswer);
    }
  }

  function run(input: Input): void {
    setFailure(null);
    startTransition(() => attempt(input));
  }

  return { run, isPending, failure, clear: () => setFailure(null) };
}
