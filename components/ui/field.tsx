// A form field: its label, a hint, the control, and what is wrong with it, tied together for screen readers.
"use client";

import { Field as BaseField } from "@base-ui/react/field";
import { CircleAlert } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { classNames } from "#components/ui/class-names.ts";

type FieldProps = {
  label: ReactNode;
  hint?: ReactNode;
  /** What is wrong; the control is then marked invalid and described by it. */
  error?: string | null;
  isOptional?: boolean;
  isDisabled?: boolean;
  className?: string;
  /** One TextInput, Textarea or Select. */
  children: ReactNode;
};

/** A labelled control; hint and error reach it by aria-describedby. */
export function Field({
  label,
  hint,
  error = null,
  isOptional,
  isDisabled,
  className,
  children,
}: FieldProps): ReactElement {
  return (
    <BaseField.Root
      invalid={error !== null}
      disabled={isDisabled}
      className={classNames("flex flex-col items-stretch gap-1.5", className)}
    >
      <BaseField.Label className="self-start text-sm font-medium">
        {label}
        {isOptional === true ? <span className="ml-1.5 font-normal text-faint">optional</span> : null}
      </BaseField.Label>
      {hint === undefined ? null : (
        <BaseField.Description className="-mt-1 text-xs text-muted">{hint}</BaseField.Description>
      )}
      {children}
      <BaseField.Error match={error !== null} className="flex items-start gap-1.5 text-xs font-medium text-danger-text">
        <CircleAlert className="mt-px size-3.5 shrink-0" aria-hidden="true" />
        <span>{error}</span>
      </BaseField.Error>
    </BaseField.Root>
  );
}
