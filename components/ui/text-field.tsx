// A labelled line of text: the field and its input in one, for forms that are made of them.
"use client";

import type { ComponentPropsWithRef, ReactElement, ReactNode } from "react";
import { Field } from "#components/ui/field.tsx";
import { TextInput } from "#components/ui/text-input.tsx";

type TextFieldProps = Omit<ComponentPropsWithRef<typeof TextInput>, "onChange" | "value"> & {
  label: ReactNode;
  hint?: ReactNode;
  /** What is wrong with it. */
  error: string | null;
  isOptional?: boolean;
  value: string;
  onChange: (value: string) => void;
};

/** The field; browsers do not fill it in, because it is about a thing and not about who types. */
export function TextField({ label, hint, error, isOptional, onChange, ...input }: TextFieldProps): ReactElement {
  return (
    <Field label={label} hint={hint} error={error} isOptional={isOptional}>
      <TextInput autoComplete="off" {...input} onChange={(event) => onChange(event.target.value)} />
    </Field>
  );
}
