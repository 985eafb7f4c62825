// A link inside running text, underlined so that colour is not its only sign.
import Link from "next/link";
import type { ComponentProps, ReactElement } from "react";
import { classNames } from "#components/ui/class-names.ts";

/** An underlined link. */
export function TextLink({ className, ...rest }: ComponentProps<typeof Link>): ReactElement {
  return (
    <Link
      {...rest}
      className={classNames(
        "rounded-sm font-medium text-accent-text underline decoration-accent-line decoration-1 underline-offset-3 hover:decoration-current",
        className,
      )}
    />
  );
}
