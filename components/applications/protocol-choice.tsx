// The first decision of a new application: OIDC or SAML.
"use client";

import { type ReactElement, useId } from "react";
import { classNames } from "#components/ui/class-names.ts";

type Protocol = "oidc" | "saml";

type ProtocolChoiceProps = { value: Protocol; onChange: (protocol: Protocol) => void };

const choices: { value: Protocol; label: string; note: string }[] = [
  { value: "oidc", label: "OpenID Connect", note: "A program that gets tokens with a client ID and a secret." },
  { value: "saml", label: "SAML 2.0", note: "A service provider that people sign in to." },
];

/** Two radio buttons with what each protocol is for. */
export function ProtocolChoice({ value, onChange }: ProtocolChoiceProps): ReactElement {
  const name = useId();
  return (
    <fieldset>
      <legend className="mb-1.5 text-sm font-medium">Protocol</legend>
      <div className="grid gap-2 sm:grid-cols-2">
        {choices.map((choice) => (
          <label
            key={choice.value}
            className={classNames(
              "flex items-start gap-3 rounded-md border border-line bg-surface px-3 py-2.5 hover:bg-hover has-focus-visible:outline-2 has-focus-visible:outline-accent-text dark:bg-transparent",
              choice.value === value && "border-accent-line bg-accent-soft hover:bg-accent-soft dark:bg-accent-soft",
            )}
          >
            <input
              type="radio"
              name={name}
              value={choice.value}
              checked={choice.value === value}
              onChange={() => onChange(choice.value)}
              className="mt-0.5 size-4 accent-accent focus-visible:outline-none"
            />
            <span className="min-w-0">
              <span className="text-sm font-medium">{choice.label}</span>
              <span className="block text-xs text-muted">{choice.note}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
