// Runs a server action from a form or a button, and keeps its failure for them to show.
"use client";

import { unstable_rethrow, useRouter } from "next/navigation";
import { useEffect, useRef, useState, useTransition } from "react";
import { useIdentityConfirmation } from "#components/ui/identity-confirmation.ts";
import type { ActionResult } from "#lib/http/action-result.ts";

/** A server action as a component gets it: bound to its organization, never throwing for what it refuses. */
export type Action<Input, Data> = (input: Input) => Promise<ActionResult<Data>>;

/** Why an action failed. */
export type ActionFailure = Extract<ActionResult<never>, { ok: false }>;

/** What a form sees of an action. */
export type RunningAction<Input> = {
  run: (input: Input) => void;
  isPending: boolean;
  /** The last failure, until the next run. */
  failure: ActionFailure | null;
  /** What is wrong with one field, or null; of a list it says which entry is meant. */
  errorOf: (field: string) => string | null;
  /** Forgets the failure, as when the time it spoke of has passed. */
  clear: () => void;
};

const noAnswer: ActionFailure = {
  ok: false,
  code: "request.failed",
  message: "The server did not answer. Nothing you typed is lost; look at the page again before you try once more.",
};

/**
 * Runs `action`; on success calls `onSuccess` and refreshes the page, unless that answers `false` because nothing was changed:
 * what runs counts as pending until the page is there again. On a refusal calls `onRefused`. Where the server wants to know
 * who is there, the person is asked and the action runs once more; when they would rather not, nothing has happened.
 */
export function useAction<Input, Data>(
  action: Action<Input, Data>,
  onSuccess: (data: Data) => unknown,
  onRefused?: (failure: ActionFailure) => void,
): RunningAction<Input> {
  const router = useRouter();
  const confirmIdentity = useIdentityConfirmation();
  const [isPending, startTransition] = useTransition();
  const [isAsking, setAsking] = useState(false);
  const [failure, setFailure] = useState<ActionFailure | null>(null);
  const leaving = useRef<AbortController>(null);
  useEffect(() => {
    const controller = new AbortController();
    leaving.current = controller;
    return () => controller.abort();
  }, []);

  async function attempt(input: Input): Promise<void> {
    try {
      const result = await action(input);
      if (result.ok) {
        if (onSuccess(result.data) !== false) router.refresh();
      } else if (result.code === "auth.reauthentication_required" && confirmIdentity !== null && leaving.current) {
        // Not awaited: React ends no transition, that of the question included, as long as another one waits.
        setAsking(true);
        void confirmIdentity(leaving.current.signal).then((isConfirmed) => {
          setAsking(false);
          if (isConfirmed) run(input);
        });
      } else {
        setFailure(result);
        onRefused?.(result);
      }
    } catch (error) {
      unstable_rethrow(error);
      setFailure(noAnswer);
    }
  }

  function run(input: Input): void {
    setFailure(null);
    startTransition(() => attempt(input));
  }

  function errorOf(field: string): string | null {
    const error = failure?.errors?.find((one) => one.field.split(".")[0] === field);
    if (error === undefined) return null;
    const index = error.field.split(".")[1];
    return index === undefined ? error.message : `No. ${Number(index) + 1}: ${error.message}`;
  }

  return { run, isPending: isPending || isAsking, failure, errorOf, clear: () => setFailure(null) };
}
