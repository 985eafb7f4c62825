// Asks the server while somebody types, and keeps only the answer to the latest question.
"use client";

import { useEffect, useRef, useState } from "react";
import type { Action } from "#components/ui/use-action.ts";

const pauseInMilliseconds = 200;

/** The latest answer (null before the first one), and the function that asks after a short pause in typing. */
export function useLatestAnswer<Input, Data>(action: Action<Input, Data>): [Data | null, (input: Input) => void] {
  const [answer, setAnswer] = useState<Data | null>(null);
  const latest = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  async function ask(input: Input, question: number): Promise<void> {
    try {
      const result = await action(input);
      if (result.ok && question === latest.current) setAnswer(result.data);
    } catch {
      // The list stays as it is; the next letter asks again.
    }
  }

  function schedule(input: Input): void {
    latest.current += 1;
    const question = latest.current;
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void ask(input, question), pauseInMilliseconds);
  }
  return [answer, schedule];
}
