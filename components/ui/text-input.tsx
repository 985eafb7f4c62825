// A line of text.
"use client";

import { Field as BaseField } from "@base-ui/react/field";
import type { ComponentPropsWithRef, ReactElement } from "react";
import { classNames } from "#components/ui/class-names.ts";
import { controlClasses } from "#components/ui/control-classes.ts";
import { verbatim } from "#components/ui/verbatim.ts";

type TextInputProps = Omit<ComponentPropsWithRef<"input">, "defaultValue" | "value"> & {
  value?: string;
  defaultValue?: string;
  /** For ids, tokens and URLs: in the mono face, and taken letter by letter. */
  isMono?: boolean;
};

/** A text input; put it in a Field, which labels and describes it. */
export function TextInput({ isMono = false, className, ...rest }: TextInputProps): ReactElement {
  return (
    <BaseField.Control
      {...(isMono ? verbatim : {})}
      {...rest}
      className={classNames(controlClasses, "h-8.5 pointer-coarse:h-11", isMono && "kid", className)}
    />
  );
}
