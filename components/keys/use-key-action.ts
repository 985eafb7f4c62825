// Runs an action on signing keys from a dialog; a refusal that means that the page is out of date brings the new state.
"use client";

import { useRouter } from "next/navigation";
import type { KeyAction } from "#components/keys/key-action.ts";
import { type RunningAction, useAction } from "#components/ui/use-action.ts";
import type { SigningKeyStatusView } from "#lib/keys/view.ts";

// A failure that means: what you saw is no longer so.
const staleCodes = new Set(["key.already_rotated", "key.not_safe_to_drop", "key.next_not_propagated"]);

/** Runs `action`; on success calls `onSuccess` and refreshes the page. */
export function useKeyAction<Input>(
  action: KeyAction<Input>,
  onSuccess: (status: SigningKeyStatusView) => void,
): RunningAction<Input> {
  const router = useRouter();
  return useAction(action, onSuccess, ({ code }) => {
    if (staleCodes.has(code)) router.refresh();
  });
}
