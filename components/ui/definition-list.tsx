// Facts about one thing: term over detail, in columns where there is room.
import type { ReactElement, ReactNode } from "react";
import { classNames } from "#components/ui/class-names.ts";

type DefinitionListProps = {
  items: readonly { term: string; detail: ReactNode; note?: ReactNode }[];
  /** At most so many columns; fewer where the space is narrow. */
  columns?: 1 | 2 | 3 | 4;
  className?: string;
};

const grids = {
  1: "grid-cols-1",
  2: "grid-cols-1 @sm:grid-cols-2",
  3: "grid-cols-1 @[16rem]:grid-cols-2 @xl:grid-cols-3",
  4: "grid-cols-1 @[16rem]:grid-cols-2 @2xl:grid-cols-4",
} as const;

/** A description list that adapts to the width it is given. */
export function DefinitionList({ items, columns = 2, className }: DefinitionListProps): ReactElement {
  return (
    <div className={classNames("@container", className)}>
      <dl className={classNames("grid gap-x-4 gap-y-4 @md:gap-x-6", grids[columns])}>
        {items.map(({ term, detail, note }) => (
          <div key={term} className="min-w-0">
            <dt className="text-xs text-faint">{term}</dt>
            <dd className="mt-0.5 text-sm wrap-anywhere tabular-nums">{detail}</dd>
            {note === undefined ? null : <dd className="mt-0.5 text-xs text-muted tabular-nums">{note}</dd>}
          </div>
        ))}
      </dl>
    </div>
  );
}
