// One of several choices, drawn like the checkbox; the label around it says what it chooses.
import type { ComponentPropsWithRef, ReactElement } from "react";
import { classNames } from "#components/ui/class-names.ts";

/** A native radio button in the colours of the theme. */
export function Radio({ className, ...rest }: Omit<ComponentPropsWithRef<"input">, "type">): ReactElement {
  return (
    <input
      {...rest}
      type="radio"
      className={classNames(
        "size-4 shrink-0 appearance-none rounded-full border border-control bg-surface checked:border-5 checked:border-accent dark:bg-sunken dark:checked:bg-on-accent",
        className,
      )}
    />
  );
}
