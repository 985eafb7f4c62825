// The sign-in form: native labels and inputs, because it must work before, and without, any script.
"use client";

import { LogIn } from "lucide-react";
import { type ReactElement, useActionState, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { classNames } from "#components/ui/class-names.ts";
import { controlClasses } from "#components/ui/control-classes.ts";
import { Countdown } from "#components/ui/countdown.tsx";
import { Notice } from "#components/ui/notice.tsx";
import type { SignInState } from "#lib/auth/view.ts";

type SignInFormProps = {
  action: (previous: SignInState, form: FormData) => Promise<SignInState>;
  /** The path to go to afterwards. */
  callback: string;
  /** True when another door (next-auth's own address) has just refused a try. */
  hasFailed: boolean;
};

const inputClasses = classNames(controlClasses, "h-9 pointer-coarse:h-11");

/** E-mail, password, and a button; what went wrong stands above them. */
export function SignInForm({ action, callback, hasFailed }: SignInFormProps): ReactElement {
  const [state, submit, isPending] = useActionState(action, {
    message: hasFailed ? "The e-mail address or the password is wrong." : null,
    retryAfter: null,
    email: "",
    tries: 0,
  });
  return (
    <form action={submit} className="flex flex-col gap-4 rounded-lg border border-line bg-surface p-5 shadow-card">
      <SignInFailure key={state.tries} state={state} />
      <input type="hidden" name="callback" value={callback} />
      <div className="flex flex-col gap-1.5">
        <label htmlFor="email" className="self-start text-sm font-medium">
          Email
        </label>
        <input
          key={`email-${state.tries}`}
          id="email"
          name="email"
          type="email"
          autoComplete="username"
          required
          maxLength={254}
          defaultValue={state.email}
          className={inputClasses}
        />
      </div>
      <div className="flex flex-col gap-1.5">
        <label htmlFor="password" className="self-start text-sm font-medium">
          Password
        </label>
        <input
          id="password"
          name="password"
          type="password"
          autoComplete="current-password"
          required
          maxLength={256}
          className={inputClasses}
        />
      </div>
      <Button type="submit" tone="primary" isPending={isPending} icon={<LogIn className="size-4" aria-hidden="true" />}>
        Sign in
      </Button>
    </form>
  );
}

function SignInFailure({ state }: { state: SignInState }): ReactElement | null {
  const [isOver, setOver] = useState(false);
  if (state.message === null || isOver) return null;
  if (state.retryAfter === null) {
    return (
      <Notice tone="danger" isLive>
        {state.message}
      </Notice>
    );
  }
  return (
    <>
      {/* Said once; the countdown beside it would be read out every second. */}
      <p role="alert" className="sr-only">
        {state.message}
      </p>
      <Notice tone="warning" title="Too many failed sign-ins">
        Try again in{" "}
        <Countdown
          seconds={state.retryAfter}
          since={String(state.tries)}
          format="duration"
          onDone={() => setOver(true)}
          className="font-medium"
        />
        .
      </Notice>
    </>
  );
}
