// Several lines of text.
"use client";

import { Field as BaseField } from "@base-ui/react/field";
import type { ComponentPropsWithRef, ReactElement } from "react";
import { classNames } from "#components/ui/class-names.ts";
import { controlClasses } from "#components/ui/control-classes.ts";

type TextareaProps = ComponentPropsWithRef<"textarea"> & {
  /** For PEM and XML. */
  isMono?: boolean;
};

/** A text area; put it in a Field, which labels and describes it. */
export function Textarea({ isMono = false, className, rows = 3, name, ...rest }: TextareaProps): ReactElement {
  return (
    <BaseField.Control
      name={name}
      render={
        <textarea
          {...rest}
          rows={rows}
          className={classNames(
            controlClasses,
            "min-h-16 resize-y py-1.5 leading-5",
            isMono && "kid text-xs",
            className,
          )}
        />
      }
    />
  );
}
