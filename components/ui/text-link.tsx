// A link inside running text, underlined so that colour is not its only sign.
import Link from "next/link";
import type { ComponentProps, ReactElement } from "react";
import { classNames } from "#components/ui/class-names.ts";

/** An underlined link; it is not prefetched unless asked, since lists hold many of them. */
export function TextLink({ className, prefetch = false, ...rest }: ComponentProps<typeof Link>): ReactElement {
  return (
    <Link
      {...rest}
      prefetch={prefetch}
      className={classNames(
        "rounded-sm font-medium text-accent-text underline decoration-accent-line decoration-1 underline-offset-3 hover:decoration-current",
        className,
      )}
    />
  );
}
