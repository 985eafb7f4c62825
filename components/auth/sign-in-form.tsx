// The sign-in form: native labels, inputs and sending, because it must work before, and without, any script.
import { LogIn } from "lucide-react";
import type { ReactElement } from "react";
import { SignInFailureNotice } from "#components/auth/sign-in-failure-notice.tsx";
import { classNames } from "#components/ui/class-names.ts";
import { controlClasses } from "#components/ui/control-classes.ts";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import type { SignInFailure } from "#lib/auth/view.ts";

type SignInFormProps = {
  /** The path to go to afterwards. */
  callback: string;
  /** What the last try failed with. */
  failure: SignInFailure | null;
  /** Whom somebody thinks it is; may be empty. */
  email: string;
  /** The person wants another account than the one that is signed in. */
  isOtherAccount: boolean;
};

const inputClasses = classNames(controlClasses, "h-9 pointer-coarse:h-11");
const FAILURE_ID = "sign-in-failure";

/** Email, password, and a button; what went wrong stands above them. */
export function SignInForm({ callback, failure, email, isOtherAccount }: SignInFormProps): ReactElement {
  const described = failure === null ? undefined : FAILURE_ID;
  const isEmailKnown = email !== "";
  return (
    <form
      method="post"
      action="/sign-in/session"
      className="flex flex-col gap-4 rounded-lg border border-line bg-surface p-5 shadow-card"
    >
      {failure === null ? null : <SignInFailureNotice id={FAILURE_ID} retryAfter={failure.retryAfter} />}
      <input type="hidden" name="callback" value={callback} />
      {isOtherAccount ? <input type="hidden" name="account" value="other" /> : null}
      <div className="flex flex-col gap-1.5">
        <label htmlFor="email" className="self-start text-sm font-medium">
          Email
        </label>
        <input
          id="email"
          name="email"
          type="email"
          autoComplete="username"
          required
          maxLength={254}
          defaultValue={email}
          // biome-ignore lint/a11y/noAutofocus: the page is this form
          autoFocus={!isEmailKnown}
          aria-describedby={described}
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
          // biome-ignore lint/a11y/noAutofocus: the page is this form
          autoFocus={isEmailKnown}
          aria-describedby={described}
          className={inputClasses}
        />
      </div>
      <SubmitButton tone="primary" icon={<LogIn className="size-4" aria-hidden="true" />}>
        Sign in
      </SubmitButton>
    </form>
  );
}
