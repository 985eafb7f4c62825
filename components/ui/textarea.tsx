// Several lines of text.
"use client";

import { Field as BaseField } from "@base-ui/react/field";
import type { ComponentPropsWithRef, ReactElement } from "react";
import { classNames } from "#components/ui/class-names.ts";
import { controlClasses } from "#components/ui/control-classes.ts";
import { verbatim } from "#components/ui/verbatim.ts";

type TextareaProps = ComponentPropsWithRef<"textarea"> & {
  /** For PEM, XML and lists of URLs: in the mono face, and taken letter by letter. */
  isMono?: boolean;
};

/** A text area; put it in a Field, which labels and describes it. */
export function Textarea({ isMono = false, className, rows = 3, name, ...rest }: TextareaProps): ReactElement {
  return (
    <BaseField.Control
      name={name}
      render={
        <textarea
          {...(isMono ? verbatim : {})}
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
