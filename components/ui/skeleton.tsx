// The shape of something that is still loading.
import type { ReactElement } from "react";
import { classNames } from "#components/ui/class-names.ts";

/** A breathing block; size it by class name. Put one `role="status"` text beside a group of them. */
export function Skeleton({ className }: { className?: string }): ReactElement {
  return <div aria-hidden="true" className={classNames("h-4 animate-breathe rounded-sm bg-hover", className)} />;
}
