// Runs a server action from a form or a button, and keeps its failure for them to show.
"use client";

import { unstable_rethrow, useRouter } from "next/navigation";
import { useState, useTransition } from "react";
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
  /** What is wrong with one field or an entry of it, or null. */
  errorOf: (field: string) => string | null;
};

const noAnswer: ActionFailure = {
  ok: false,
  code: "request.failed",
  message: "The server did not answer. Look at the page again before you try once more.",
};

/** Runs `action`; on success calls `onSuccess` and refreshes the page. */
export function useAction<Input, Data>(
  action: Action<Input, Data>,
  onSuccess: (data: Data) => void,
): RunningAction<Input> {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const [failure, setFailure] = useState<ActionFailure | null>(null);

  async function attempt(input: Input): Promise<void> {
    try {
      const result = await action(input);
      if (result.ok) {
        onSuccess(result.data);
        router.refresh();
      } else {
        setFailure(result);
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
    return failure?.errors?.find((error) => error.field.split(".")[0] === field)?.message ?? null;
  }

  return { run, isPending, failure, errorOf };
}
