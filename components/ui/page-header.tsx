// The head of a page: where you are, what it is for, and its main action.
import type { ReactElement, ReactNode } from "react";

type PageHeaderProps = { title: string; description?: ReactNode; eyebrow?: ReactNode; actions?: ReactNode };

/** The one h1 of a page with its description and actions. */
export function PageHeader({ title, description, eyebrow, actions }: PageHeaderProps): ReactElement {
  return (
    <header className="mb-6 flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
      <div className="min-w-0">
        {eyebrow === undefined ? null : <div className="mb-1 text-xs text-faint">{eyebrow}</div>}
        <h1 className="text-xl/7 font-semibold tracking-tight text-balance wrap-anywhere">
          <bdi>{title}</bdi>
        </h1>
        {description === undefined ? null : <p className="mt-1 max-w-[68ch] text-muted">{description}</p>}
      </div>
      {actions === undefined ? null : <div className="flex flex-wrap items-center gap-2">{actions}</div>}
    </header>
  );
}
