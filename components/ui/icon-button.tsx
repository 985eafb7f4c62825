// A square button with only an icon, whose label is spoken.
"use client";

import type { ComponentPropsWithRef, ReactElement, ReactNode } from "react";
import { classNames } from "#components/ui/class-names.ts";

type IconButtonProps = Omit<ComponentPropsWithRef<"button">, "aria-label" | "children"> & {
  /** What it does, such as "Copy key ID". */
  label: string;
  icon: ReactNode;
};

/** A quiet icon button, 32 px, larger on touch screens. */
export function IconButton({ label, icon, className, type = "button", ...rest }: IconButtonProps): ReactElement {
  return (
    <button
      {...rest}
      type={type}
      aria-label={label}
      className={classNames(
        "inline-flex size-8 shrink-0 items-center justify-center rounded-md text-muted transition-colors duration-100 hover:bg-hover hover:text-ink data-popup-open:bg-hover data-popup-open:text-ink pointer-coarse:size-11",
        className,
      )}
    >
      {icon}
    </button>
  );
}
