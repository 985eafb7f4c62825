// A framed surface with a title row, optional actions at its right, and content.
import type { ReactElement, ReactNode } from "react";
import { classNames } from "#components/ui/class-names.ts";

type CardProps = {
  title?: ReactNode;
  /** Stands beside the title, such as a badge. */
  aside?: ReactNode;
  /** Stands at the right end, such as a menu. */
  actions?: ReactNode;
  description?: ReactNode;
  footer?: ReactNode;
  headingLevel?: 2 | 3;
  /** Without the inner margin, for tables that reach the edges. */
  isFlush?: boolean;
  className?: string;
  children?: ReactNode;
};

/** A card; it is a section with a heading when it has a title. */
export function Card({
  title,
  aside,
  actions,
  description,
  footer,
  headingLevel = 2,
  isFlush = false,
  className,
  children,
}: CardProps): ReactElement {
  const Heading = headingLevel === 2 ? "h2" : "h3";
  const hasHeader = title !== undefined || actions !== undefined;
  return (
    <section className={classNames("flex flex-col rounded-lg border border-line bg-surface shadow-card", className)}>
      {hasHeader ? (
        <header
          className={classNames(
            "flex min-h-12 items-start justify-between gap-3 px-5 pt-3",
            description !== undefined && "pb-2",
          )}
        >
          <div className="min-w-0 pt-1">
            <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
              <Heading className="text-sm font-semibold">{title}</Heading>
              {aside}
            </div>
            {description === undefined ? null : <p className="mt-0.5 text-xs text-muted">{description}</p>}
          </div>
          {actions === undefined ? null : <div className="flex shrink-0 items-center gap-1">{actions}</div>}
        </header>
      ) : null}
      <div className={classNames("min-w-0 flex-1", isFlush ? "" : hasHeader ? "px-5 pt-2 pb-5" : "p-5")}>
        {children}
      </div>
      {footer === undefined ? null : (
        <footer className="rounded-b-lg border-t border-line bg-sunken/60 px-5 py-2.5">{footer}</footer>
      )}
    </section>
  );
}
