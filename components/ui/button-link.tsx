// A link that looks like a button, for going somewhere rather than doing something.
import Link from "next/link";
import type { ComponentProps, ReactElement, ReactNode } from "react";
import { type ButtonSize, type ButtonTone, buttonClasses } from "#components/ui/button-classes.ts";
import { classNames } from "#components/ui/class-names.ts";

type ButtonLinkProps = ComponentProps<typeof Link> & { tone?: ButtonTone; size?: ButtonSize; icon?: ReactNode };

/** A link with the looks of a button; not prefetched unless asked. */
export function ButtonLink({
  tone = "secondary",
  size = "medium",
  icon,
  className,
  prefetch = false,
  children,
  ...rest
}: ButtonLinkProps): ReactElement {
  return (
    <Link {...rest} prefetch={prefetch} className={classNames(buttonClasses(tone, size), className)}>
      {icon}
      {children}
    </Link>
  );
}
