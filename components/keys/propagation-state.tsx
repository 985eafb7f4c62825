// Says whether every reader can know the next key already, and how long it takes where not.
"use client";

import { CircleCheck } from "lucide-react";
import type { ReactElement } from "react";
import { Countdown } from "#components/ui/countdown.tsx";
import { Notice } from "#components/ui/notice.tsx";

type PropagationStateProps = {
  /** True when rotating now needs a reason. */
  isGateClosed: boolean;
  secondsRemaining: number;
  since: string;
  /** True when the gate closed after the dialog was opened: it is then read out. */
  isLive: boolean;
  /** Called when the seconds have run out. */
  onDone: () => void;
};

/** One reassuring line, or a warning with the seconds left. */
export function PropagationState({
  isGateClosed,
  secondsRemaining,
  since,
  isLive,
  onDone,
}: PropagationStateProps): ReactElement {
  if (!isGateClosed) {
    return (
      <p className="flex items-start gap-2 text-sm text-muted">
        <CircleCheck className="mt-0.5 size-4 shrink-0 text-positive-text" aria-hidden="true" />
        Every reader of the JWKS can hold the next key already.
      </p>
    );
  }
  return (
    <Notice tone="warning" isLive={isLive} title="Some readers may not know the next key yet">
      <p>
        They fetched the JWKS before it was published and may keep that copy for another{" "}
        <Countdown className="font-medium" seconds={secondsRemaining} since={since} onDone={onDone} />. Until then they
        reject tokens that the next key signs. Wait, or give a reason to rotate now.
      </p>
    </Notice>
  );
}
