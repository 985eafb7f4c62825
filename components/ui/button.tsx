// A button that can be busy without losing the focus.
"use client";

import { LoaderCircle } from "lucide-react";
import type { ComponentPropsWithRef, MouseEvent, ReactElement, ReactNode } from "react";
import { type ButtonSize, type ButtonTone, buttonClasses } from "#components/ui/button-classes.ts";
import { classNames } from "#components/ui/class-names.ts";

type ButtonProps = ComponentPropsWithRef<"button"> & {
  tone?: ButtonTone;
  size?: ButtonSize;
  /** Busy: keeps its place and focus, and ignores presses. */
  isPending?: boolean;
  icon?: ReactNode;
};

/** A button; `type` is "button" unless told otherwise. */
export function Button({
  tone = "secondary",
  size = "medium",
  isPending = false,
  icon,
  className,
  children,
  onClick,
  type = "button",
  ...rest
}: ButtonProps): ReactElement {
  function handleClick(event: MouseEvent<HTMLButtonElement>): void {
    if (isPending) event.preventDefault();
    else onClick?.(event);
  }
  return (
    <button
      {...rest}
      type={type}
      onClick={handleClick}
      aria-disabled={isPending || undefined}
      aria-busy={isPending || undefined}
      className={classNames(buttonClasses(tone, size), className)}
    >
      {isPending ? <LoaderCircle className="size-4 animate-spin" aria-hidden="true" /> : icon}
      {children}
    </button>
  );
}
