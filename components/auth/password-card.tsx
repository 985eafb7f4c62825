// Changes one's own password.
"use client";

import { type FormEvent, type ReactElement, useRef, useState } from "react";
import { ActionFailureNotice } from "#components/ui/action-failure-notice.tsx";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { formatCount } from "#components/ui/format-count.ts";
import { showToast } from "#components/ui/show-toast.ts";
import { TextField } from "#components/ui/text-field.tsx";
import { type Action, useAction } from "#components/ui/use-action.ts";
import { useFocusInvalid } from "#components/ui/use-focus-invalid.ts";
import type { ChangePasswordInput } from "#lib/auth/schema.ts";
import type { PasswordChangeView } from "#lib/organizations/view.ts";

type PasswordCardProps = {
  email: string;
  changeAction: Action<ChangePasswordInput, PasswordChangeView>;
};

/** The card of one's own password in the settings. */
export function PasswordCard({ email, changeAction }: PasswordCardProps): ReactElement {
  const [current, setCurrent] = useState("");
  const [chosen, setChosen] = useState("");
  const { run, isPending, failure, errorOf } = useAction(changeAction, (ended) => {
    setCurrent("");
    setChosen("");
    showToast({ title: "Password changed", tone: "positive", description: describeEnded(ended) });
  });
  const form = useRef<HTMLFormElement>(null);
  useFocusInvalid(form, failure);
  function handleSubmit(event: FormEvent): void {
    event.preventDefault();
    if (!isPending) run({ current_password: current, new_password: chosen });
  }
  return (
    <Card
      title="Your password"
      description="Changing it ends all your other portal sessions, and your sign-ins to applications in every organization. Personal access tokens go on until they are revoked."
    >
      <form ref={form} noValidate onSubmit={handleSubmit} className="flex max-w-sm flex-col gap-4">
        <ActionFailureNotice failure={failure} fields={["current_password", "new_password"]} />
        <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
        <TextField
          label="Current password"
          error={errorOf("current_password")}
          type="password"
          autoComplete="current-password"
          maxLength={256}
          value={current}
          onChange={setCurrent}
        />
        <TextField
          label="New password"
          hint="10 characters or more."
          error={errorOf("new_password")}
          type="password"
          autoComplete="new-password"
          maxLength={256}
          value={chosen}
          onChange={setChosen}
        />
        <Button type="submit" isPending={isPending} className="self-start">
          Change password
        </Button>
      </form>
    </Card>
  );
}

function describeEnded({
  ended_sessions: portal,
  ended_application_sessions: applications,
}: PasswordChangeView): string {
  if (portal === 0 && applications === 0) return "You were signed in nowhere else.";
  const parts = [
    portal === 0 ? null : formatCount(portal, "other portal session"),
    applications === 0 ? null : formatCount(applications, "sign-in to applications", "sign-ins to applications"),
  ].filter((part) => part !== null);
  return `${parts.join(" and ")} ended.`;
}
