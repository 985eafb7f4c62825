// Runs an action on an application and keeps its failure for the form or dialog to show.
"use client";

import { unstable_rethrow } from "next/navigation";
import { useState, useTransition } from "react";
import type { ApplicationFailure } from "#components/applications/application-action.ts";
import type { ActionResult } from "#lib/http/action-result.ts";

/** What a form sees of a running action. */
export type RunningApplicationAction = {
  run: (input: unknown) => void;
  isPending: boolean;
  /** The last failure, until the next run. */
  failure: ApplicationFailure | null;
};

const noAnswer: ApplicationFailure = {
  ok: false,
  code: "request.failed",
  message: "The server did not answer. Nothing you typed is lost; look at the list before you try again.",
};

/** Runs `action`; on success calls `onSuccess` with what it answered. */
export function useApplicationAction<View>(
  action: (input: unknown) => Promise<ActionResult<View>>,
  onSuccess: (view: View) => void,
): RunningApplicationAction {
  const [isPending, startTransition] = useTransition();
  const [failure, setFailure] = useState<ApplicationFailure | null>(null);

  async function attempt(input: unknown): Promise<void> {
    try {
      const result = await action(input);
      if (result.ok) onSuccess(result.data);
      else setFailure(result);
    } catch (error) {
      unstable_rethrow(error);
      setFailure(noAnswer);
    }
  }

  function run(input: unknown): void {
    setFailure(null);
    startTransition(() => attempt(input));
  }

  return { run, isPending, failure };
}
