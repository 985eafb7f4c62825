// Asks for the first characters of a key ID, so that nobody destroys the wrong key by a click too many.
"use client";

import type { ReactElement } from "react";
import { kidPrefix } from "#components/keys/kid-parts.ts";
import { Field } from "#components/ui/field.tsx";
import { TextInput } from "#components/ui/text-input.tsx";

type KidConfirmationProps = { kid: string; value: string; onChange: (typed: string) => void };

/** True when the first characters of the key ID were typed. */
export function isKidConfirmed(kid: string, typed: string): boolean {
  return typed.trim() === kidPrefix(kid);
}

/** The field of a forced action. */
export function KidConfirmation({ kid, value, onChange }: KidConfirmationProps): ReactElement {
  return (
    <Field
      label={
        <>
          {"Type "}
          <code className="kid rounded-sm border border-line bg-sunken px-1 font-semibold">{kidPrefix(kid)}</code>
          {" to confirm"}
        </>
      }
      hint="The first characters of the key ID."
    >
      <TextInput isMono value={value} onChange={(event) => onChange(event.target.value)} />
    </Field>
  );
}
