// A length of time in seconds, told in words while it is typed.
"use client";

import type { ReactElement, ReactNode } from "react";
import { typedSeconds } from "#components/applications/application-values.ts";
import { formatNumber } from "#components/ui/format-count.ts";
import { formatDuration } from "#components/ui/format-time.ts";
import { TextField } from "#components/ui/text-field.tsx";

type SecondsFieldProps = {
  label: string;
  name: string;
  value: string;
  onChange: (value: string) => void;
  error: string | null;
  /** Seconds. */
  maximum: number;
  hint: ReactNode;
};

/** The field; nothing is refused before it is sent. */
export function SecondsField({ label, name, value, onChange, error, maximum, hint }: SecondsFieldProps): ReactElement {
  const seconds = typedSeconds(value);
  const spoken = seconds === null || seconds === 0 ? "" : `${formatDuration(seconds)}. `;
  return (
    <TextField
      label={`${label} in seconds`}
      error={error}
      hint={
        <>
          {`${spoken}At most ${formatNumber(maximum)}. `}
          {hint}
        </>
      }
      name={name}
      value={value}
      onChange={onChange}
      inputMode="numeric"
      className="max-w-40"
    />
  );
}
