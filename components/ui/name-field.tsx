// The field of a name that an administrator gives to a thing.
"use client";

import type { ReactElement } from "react";
import { TextField } from "#components/ui/text-field.tsx";

type NameFieldProps = { value: string; error: string | null; onChange: (value: string) => void };

/** The field; what it is the name of, the form around it says. */
export function NameField({ value, error, onChange }: NameFieldProps): ReactElement {
  return (
    <TextField
      label="Name"
      hint="What people call it, here and in the audit log."
      error={error}
      name="name"
      required
      value={value}
      onChange={onChange}
    />
  );
}
