// Why the last try to sign in failed, and how long to wait.
"use client";

import { type ReactElement, useState } from "react";
import { Countdown } from "#components/ui/countdown.tsx";
import { Notice } from "#components/ui/notice.tsx";

type SignInFailureNoticeProps = {
  /** The form's fields are described by it. */
  id: string;
  /** Seconds; null for a wrong address or password. */
  retryAfter: number | null;
};

/** The reason; one that time heals goes away by itself. */
export function SignInFailureNotice({ id, retryAfter }: SignInFailureNoticeProps): ReactElement | null {
  const [isOver, setOver] = useState(retryAfter === 0);
  if (isOver) return null;
  if (retryAfter === null) {
    return (
      <div id={id}>
        <Notice tone="danger" isLive>
          The email address or the password is wrong.
        </Notice>
      </div>
    );
  }
  return (
    <>
      {/* Said once; the countdown beside it would be read out every second. */}
      <p id={id} role="alert" className="sr-only">
        Too many failed sign-ins. Try again in {retryAfter} seconds.
      </p>
      <Notice tone="warning" title="Too many failed sign-ins">
        Try again in{" "}
        <Countdown
          seconds={retryAfter}
          since={id}
          format="duration"
          onDone={() => setOver(true)}
          className="font-medium"
        />
        .
      </Notice>
    </>
  );
}
