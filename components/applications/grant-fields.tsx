// How an application gets tokens: whether it can keep a secret, and with which grants.
"use client";

import { CircleAlert } from "lucide-react";
import { type ReactElement, useId } from "react";
import type { ApplicationFieldsProps } from "#components/applications/application-form.tsx";
import { changedGrants, changedKind, type GrantType } from "#components/applications/application-values.ts";
import { RadioCards } from "#components/applications/radio-cards.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";

const kinds = [
  { value: "confidential", label: "Confidential", note: "Runs on a server and keeps a client secret." },
  { value: "public", label: "Public", note: "Runs in a browser or on a device, where no secret stays secret." },
] as const;

const grants: { value: GrantType; label: string; hint: string }[] = [
  { value: "authorization_code", label: "Authorization code", hint: "People sign in, with PKCE." },
  { value: "refresh_token", label: "Refresh token", hint: "Keeps a sign-in alive without asking the person again." },
  { value: "client_credentials", label: "Client credentials", hint: "The program acts for itself, with its secret." },
];

/** Client type and grants; choices that contradict each other cannot be made. */
export function GrantFields({ values, onChange, errorOf, warning }: GrantFieldsProps): ReactElement {
  const errorId = useId();
  const error = errorOf("grant_types");
  const isPublic = values.kind === "public";
  function isPossible(grant: GrantType): boolean {
    if (grant === "client_credentials") return !isPublic;
    return grant !== "refresh_token" || values.grantTypes.includes("authorization_code");
  }
  return (
    <>
      <div className="flex flex-col gap-1.5">
        <RadioCards
          legend="Client type"
          options={kinds}
          value={values.kind}
          onChange={(kind) => onChange(changedKind(values, kind))}
        />
        {warning === null ? null : <p className="text-xs text-warning-text">{warning}</p>}
      </div>
      <fieldset aria-describedby={error === null ? undefined : errorId} className="flex flex-col gap-3">
        <legend className="mb-2.5 text-sm font-medium">Grants</legend>
        {grants.map(({ value, label, hint }) => (
          <Checkbox
            key={value}
            label={label}
            hint={hint}
            isDisabled={!isPossible(value)}
            checked={values.grantTypes.includes(value)}
            onCheckedChange={(isChecked) => onChange(changedGrants(values, value, isChecked))}
          />
        ))}
        {error === null ? null : (
          <p id={errorId} role="alert" className="flex items-start gap-1.5 text-xs font-medium text-danger-text">
            <CircleAlert className="mt-px size-3.5 shrink-0" aria-hidden="true" />
            {error}
          </p>
        )}
      </fieldset>
    </>
  );
}

type GrantFieldsProps = ApplicationFieldsProps & {
  /** What the chosen client type does to the application as it is; null when nothing. */
  warning: string | null;
};
