// What stands where a list would be when there is nothing in it yet, and what to do about it.
import type { ReactElement, ReactNode } from "react";

type EmptyStateProps = { icon?: ReactNode; title: string; children?: ReactNode; action?: ReactNode };

/** A quiet centred message with an optional action. */
export function EmptyState({ icon, title, children, action }: EmptyStateProps): ReactElement {
  return (
    <div className="flex flex-col items-center gap-1.5 px-6 py-8 text-center">
      {icon === undefined ? null : <div className="mb-1 text-faint [&>svg]:size-6">{icon}</div>}
      <p className="text-sm font-medium">{title}</p>
      {children === undefined ? null : <div className="max-w-prose text-sm text-muted">{children}</div>}
      {action === undefined ? null : <div className="mt-3">{action}</div>}
    </div>
  );
}
